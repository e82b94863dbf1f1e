import { writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { erroredState, explainErroredState, removeIfPushed } from "./errored-state";
import { type Json, objectOf } from "./json";
import { JsonLog, type JsonLogListener, type StackOutput } from "./json-log";
import { cutOffState, explainCutOffState } from "./local-state";
import { explainLockFile, useLockFile } from "./lock-files";
import type { StackFolder } from "./manifest";
import { describeMissing, missingProviders, providerNotPresent, readConfiguration } from "./missing-providers";
import { explainMissingState, isNoState, movedBackend } from "./moved-backend";
import type { ResourceOutcome } from "./outcome";
import type { Plan } from "./plan";
import { describeEnd } from "./process";
import { programName } from "./program";
import { runTerraform, type TerraformResult } from "./run-terraform";
import { explainKill, explainStateLock, readStateLock, type StateLock } from "./state-lock";
import { TerraformError } from "./terraform-error";

export interface TerraformStackOptions {
  /** The environment that the stack belongs to, for messages. */
  readonly environment?: string;
  /** When it aborts, a running command is interrupted once: Terraform finishes the resources that it has started on. */
  readonly signal?: AbortSignal;
  /** Whether the state may be anywhere else than where the folder was last used with; nothing is copied from there. */
  readonly reconfigure?: boolean;
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
  /** What Terraform warns of, those of `validate` included. */
  readonly warnings: readonly string[];
}

const noInput = "-input=false";

/**
 * Terraform or OpenTofu in the folder of one synthesized stack. Every method throws TerraformError, with the stack's
 * name and Terraform's own message, if a command fails or is killed.
 */
export class TerraformStack {
  private initialized = false;
  /** Whether it was seen that no earlier run has left a state that it could not store. */
  private looked = false;
  /** The project's lock file of the stack, once it is in use. */
  private lockFile: string | undefined;
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

  /**
   * Prepares the folder, once; every other method does so first, but for those of locks.
   * @throws TerraformError also while the folder holds a state that an earlier run could not store, or could not write to its end
   */
  async init(): Promise<void> {
    if (this.looked) return;
    const cutOff = cutOffState(this.stack.folder);
    if (cutOff) throw new TerraformError(`${this.name}: ${explainCutOffState(cutOff)}`);
    await this.prepare();
    const left = erroredState(this.stack.folder);
    if (left && !removeIfPushed(left, await this.succeed(["state", "pull"]))) {
      // Whoever could not store the state could not release its lock either, and with it the state cannot be stored.
      const lock = await this.lock();
      const held = lock ? [explainStateLock(lock, this.name, this.options.environment, this.env)] : [];
      throw new TerraformError([`${this.name}: ${this.aboutErroredState(left)}`, ...held].join("\n"));
    }
    this.looked = true;
  }

  private async prepare(): Promise<void> {
    if (this.initialized) return;
    this.lockFile = useLockFile(this.stack);
    const moved = movedBackend(this.stack.folder, objectOf(readConfiguration(this.stack.folder).terraform));
    const reconfigure = moved || this.options.reconfigure ? ["-reconfigure"] : [];
    await this.follow(["init", "-json", noInput, ...reconfigure, ...(this.lockFile ? ["-lockfile=readonly"] : [])]);
    if (moved && isNoState(await this.succeed(["state", "pull"]))) {
      moved.undo();
      throw new TerraformError(explainMissingState(moved, this.name, this.stack.folder));
    }
    this.initialized = true;
  }

  private aboutErroredState(file: string): string {
    return explainErroredState(file, this.stack.folder, basename(programName(this.env)), this.env);
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

  /**
   * Plans and keeps the plan for `apply` and `showPlan`.
   * @param only addresses to plan, with what they need; everything if left out
   */
  async makePlan(listener?: JsonLogListener, only: readonly string[] = []): Promise<StackRun> {
    await this.init();
    const targets = only.map((address) => `-target=${address}`);
    return this.follow(
      ["plan", "-json", noInput, "-lock-timeout=60s", "-detailed-exitcode", ...targets, "-out=plan"],
      listener,
    );
  }

  /**
   * Plans the destruction of everything, and keeps the plan for `apply` and `showPlan`.
   * @param refresh false to plan from the state alone, for when what the configuration reads is gone already
   */
  async makeDestroyPlan(listener?: JsonLogListener, refresh = true): Promise<StackRun> {
    await this.init();
    const from = refresh ? [] : ["-refresh=false"];
    return this.follow(
      ["plan", "-destroy", "-json", noInput, "-lock-timeout=60s", "-detailed-exitcode", ...from, "-out=plan"],
      listener,
    );
  }

  /** Plans to write what is read in AWS, and the outputs that follow, into the state; nothing is changed in AWS. */
  async makeRefreshPlan(): Promise<StackRun> {
    await this.init();
    return this.follow([
      "plan",
      "-refresh-only",
      "-json",
      noInput,
      "-lock-timeout=60s",
      "-detailed-exitcode",
      "-out=plan",
    ]);
  }

  /** The last plan, also written to `plan.json`; takes as long as a small plan. */
  async showPlan(): Promise<Plan> {
    const json = await this.succeed(["show", "-json", "-no-color", "plan"]);
    writeFileSync(join(this.stack.folder, "plan.json"), json);
    return JSON.parse(json) as Plan;
  }

  /** Applies the last plan. */
  async apply(listener?: JsonLogListener): Promise<StackRun> {
    return this.follow(["apply", "-json", noInput, "-lock-timeout=60s", "-auto-approve", "plan"], listener);
  }

  /**
   * Plans and applies in one process, which takes half the time; for when nobody looks at the plan in between.
   * @param refresh false to plan from the state alone
   */
  async deploy(listener?: JsonLogListener, refresh = true): Promise<StackRun> {
    await this.init();
    const from = refresh ? [] : ["-refresh=false"];
    return this.follow(["apply", "-json", noInput, "-lock-timeout=60s", "-auto-approve", ...from], listener);
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

  /** The state, as `terraform state pull` prints it; empty if there is none. */
  async state(): Promise<Json> {
    await this.init();
    const text = await this.succeed(["state", "pull"]);
    return text.trim() === "" ? {} : objectOf(JSON.parse(text));
  }

  /** Stores a state where there is none yet, or an earlier one of the same lineage. @param file path of the state file */
  async push(file: string): Promise<void> {
    await this.init();
    await this.succeed(["state", "push", resolve(file)]);
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
    const hasChanges = detailed ? result.code === 2 : true;
    return { changes: log.planned, outputs: log.outputs, hasChanges, warnings: log.warnings };
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

  /**
   * Who holds the lock of the state; undefined if nobody does. Nothing is locked or released by asking.
   * A local state is locked by a process, and released with it: there is nothing to show.
   */
  async lock(): Promise<StateLock | undefined> {
    await this.prepare();
    // Terraform only tells about a lock that it is in the way of: no lock has this id.
    const result = await this.run(["force-unlock", "-force", "00000000-0000-0000-0000-000000000000"]);
    return readStateLock(`${result.stdout}\n${result.stderr}`);
  }

  /** Releases a lock. @param id its `id` */
  async unlock(id: string): Promise<void> {
    await this.succeed(["force-unlock", "-force", id]);
  }

  private run(args: readonly string[], onLine?: (line: string) => void): Promise<TerraformResult> {
    const { folder } = this.stack;
    const log = onLine && join(folder, `terraform-${args[0]}`);
    return runTerraform(args, { cwd: folder, env: this.env, signal: this.options.signal, onLine, log });
  }

  /** @param errors the errors of a command with `-json`; for other commands, what they printed */
  private failure(args: readonly string[], result: TerraformResult, errors?: readonly string[]): TerraformError {
    const said = [...(errors ?? []), result.stderr.trim()].filter(Boolean).join("\n\n");
    const words = said || (errors ? describeEnd(result) : result.stdout.trim());
    const how = result.code === undefined ? ` (${describeEnd(result)})` : "";
    const command = [basename(programName(this.env)), ...args].join(" ");
    const lock = readStateLock(words);
    const left = erroredState(this.stack.folder);
    const cutOff = cutOffState(this.stack.folder);
    const { environment } = this.options;
    const locked = this.lockFile && args[0] === "init" && explainLockFile(words, this.lockFile, environment);
    const advice = [
      ...(locked ? [locked] : []),
      ...(result.signal ? [explainKill(this.name, environment, this.env)] : []),
      ...(lock ? [explainStateLock(lock, this.name, environment, this.env)] : []),
      ...(left ? [this.aboutErroredState(left)] : []),
      ...(cutOff ? [explainCutOffState(cutOff)] : []),
    ];
    return new TerraformError([`${this.name}: ${command} failed${how}:`, words, ...advice].join("\n"));
  }
}
