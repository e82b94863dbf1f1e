import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { objectOf } from "./json";
import { JsonLog, type JsonLogListener, type StackOutput } from "./json-log";
import type { StackFolder } from "./manifest";
import { describeMissing, missingProviders, providerNotPresent, readConfiguration } from "./missing-providers";
import type { ResourceOutcome } from "./outcome";
import type { Plan } from "./plan";
import { describeEnd } from "./process";
import { programName } from "./program";
import { runTerraform, type TerraformResult } from "./run-terraform";
import { TerraformError } from "./terraform-error";

export interface TerraformStackOptions {
  /** When it aborts, a running command is interrupted once: Terraform finishes the resources that it has started on. */
  readonly signal?: AbortSignal;
  /** Whether a resource type holds data or keys, for messages about resources that would be left behind. */
  readonly holdsData?: (type: string) => boolean;
}

/** The result of a plan or an apply. */
export interface StackRun {
  /** What is done to each resource; unchanged ones are left out. */
  readonly changes: readonly ResourceOutcome[];
  /** Undefined for a plan. */
  readonly outputs?: Readonly<Record<string, StackOutput>>;
  /** False if there is nothing to apply, outputs included. */
  readonly hasChanges: boolean;
}

const noInput = "-input=false";

/**
 * Terraform or OpenTofu in the folder of one synthesized stack. Every method throws TerraformError, with the stack's
 * name and Terraform's own message, if a command fails or is killed.
 */
export class TerraformStack {
  private initialized = false;
  private readonly env: NodeJS.ProcessEnv;

  /** @param env environment variables on top of this process's own */
  constructor(
    private readonly stack: Pick<StackFolder, "name" | "folder">,
    env: NodeJS.ProcessEnv,
    private readonly options: TerraformStackOptions = {},
  ) {
    this.env = { ...process.env, ...env };
  }

  get name(): string {
    return this.stack.name;
  }

  /** Prepares the folder, once; every other method does so first. */
  async init(): Promise<void> {
    if (this.initialized) return;
    await this.follow(["init", "-json", noInput]);
    this.initialized = true;
  }

  /** Checks the configuration. @returns the warnings, one text each */
  async validate(): Promise<string[]> {
    await this.init();
    const result = JSON.parse(await this.succeed(["validate", "-json", "-no-color"])) as {
      diagnostics: { summary: string; detail: string }[];
    };
    return result.diagnostics.map(({ summary, detail }) => `${this.name}: ${summary}: ${detail}`);
  }

  /** Plans, keeps the plan for `apply`, and writes it to `plan.json`. */
  async plan(): Promise<Plan> {
    await this.makePlan();
    return this.showPlan();
  }

  /** Plans and keeps the plan for `apply` and `showPlan`. */
  async makePlan(listener?: JsonLogListener): Promise<StackRun> {
    await this.init();
    return this.follow(["plan", "-json", noInput, "-lock-timeout=60s", "-detailed-exitcode", "-out=plan"], listener);
  }

  /** The last plan, also written to `plan.json`; takes as long as a small plan. */
  async showPlan(): Promise<Plan> {
    const json = await this.succeed(["show", "-json", "-no-color", "plan"]);
    writeFileSync(join(this.stack.folder, "plan.json"), json);
    return JSON.parse(json) as Plan;
  }

  /** Applies the last plan. */
  async apply(listener?: JsonLogListener): Promise<StackRun> {
    return this.follow(["apply", "-json", noInput, "-auto-approve", "plan"], listener);
  }

  /** Plans and applies in one process, which takes half the time; for when nobody looks at the plan in between. */
  async deploy(listener?: JsonLogListener): Promise<StackRun> {
    await this.init();
    return this.follow(["apply", "-json", noInput, "-lock-timeout=60s", "-auto-approve"], listener);
  }

  async destroy(listener?: JsonLogListener): Promise<StackRun> {
    await this.init();
    return this.follow(["apply", "-destroy", "-json", noInput, "-lock-timeout=60s", "-auto-approve"], listener);
  }

  /** Whether a plan finds nothing to change. */
  async isSettled(): Promise<boolean> {
    await this.init();
    const { hasChanges } = await this.follow(["plan", "-json", noInput, "-detailed-exitcode"]);
    return !hasChanges;
  }

  /** The addresses in the state. */
  async addresses(): Promise<string[]> {
    const list = await this.succeed(["state", "list", "-no-color"]);
    return list.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
  }

  /** Runs a command that prints JSON line by line; with `-detailed-exitcode`, 2 means that there are changes. */
  private async follow(args: readonly string[], listener?: JsonLogListener): Promise<StackRun> {
    const log = new JsonLog(listener);
    const result = await this.run(args, (line) => log.readLine(line));
    const detailed = args.includes("-detailed-exitcode");
    if (result.code !== 0 && !(detailed && result.code === 2)) {
      const words = await this.explain(log.errors);
      throw this.failure(args, result, words ? [words] : log.errors);
    }
    return { changes: log.planned, outputs: log.outputs, hasChanges: detailed ? result.code === 2 : true };
  }

  /**
   * What Terraform's errors mean, if they are about resources whose provider is gone: Terraform only names the provider,
   * once for each resource. @returns undefined for any other error, and if the state cannot be read
   */
  private async explain(errors: readonly string[]): Promise<string | undefined> {
    if (!errors.some((error) => error.includes(providerNotPresent))) return undefined;
    const { code, stdout } = await this.run(["state", "pull"]);
    if (code !== 0) return undefined;
    const missing = missingProviders(objectOf(JSON.parse(stdout)), readConfiguration(this.stack.folder));
    return missing.length > 0 ? describeMissing(missing, this.options.holdsData) : undefined;
  }

  private async succeed(args: readonly string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code !== 0) throw this.failure(args, result);
    return result.stdout;
  }

  private run(args: readonly string[], onLine?: (line: string) => void): Promise<TerraformResult> {
    return runTerraform(args, { cwd: this.stack.folder, env: this.env, signal: this.options.signal, onLine });
  }

  /** @param errors the errors of a command with `-json`; for other commands, what they printed */
  private failure(args: readonly string[], result: TerraformResult, errors?: readonly string[]): TerraformError {
    const said = [...(errors ?? []), result.stderr.trim()].filter(Boolean).join("\n\n");
    const words = said || (errors ? describeEnd(result) : result.stdout.trim());
    const how = result.code === undefined ? ` (${describeEnd(result)})` : "";
    const command = [basename(programName(this.env)), ...args].join(" ");
    return new TerraformError(`${this.name}: ${command} failed${how}:\n${words}`);
  }
}
