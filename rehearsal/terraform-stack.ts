import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../gates";
import { runTerraform } from "../simulator";
import { RehearsalError } from "./rehearsal-error";
import type { StackFolder } from "./stack-folders";

/** Terraform in the folder of one synthesized stack; every method throws RehearsalError with Terraform's own words. */
export class TerraformStack {
  private initialized = false;
  private readonly env: NodeJS.ProcessEnv;

  /** @param env Environment variables of the simulated cloud, on top of this process's own */
  constructor(
    private readonly stack: StackFolder,
    env: NodeJS.ProcessEnv,
  ) {
    this.env = { ...process.env, ...env };
  }

  get name(): string {
    return this.stack.name;
  }

  /** Checks the configuration. @returns the warnings, one text each */
  async validate(): Promise<string[]> {
    await this.init();
    const result = JSON.parse(await this.run(["validate", "-json"])) as {
      diagnostics: { summary: string; detail: string }[];
    };
    return result.diagnostics.map(({ summary, detail }) => `${this.name}: ${summary}: ${detail}`);
  }

  /** Plans, keeps the plan for `apply`, and leaves it as `plan.json` beside. */
  async plan(): Promise<Plan> {
    await this.init();
    await this.run(["plan", "-input=false", "-lock-timeout=60s", "-out=plan"]);
    const json = await this.run(["show", "-json", "plan"]);
    writeFileSync(join(this.stack.folder, "plan.json"), json);
    return JSON.parse(json) as Plan;
  }

  /** Applies the last plan. */
  async apply(): Promise<void> {
    await this.run(["apply", "-input=false", "-auto-approve", "plan"]);
  }

  /** Whether a plan finds nothing to change. */
  async isSettled(): Promise<boolean> {
    await this.init();
    const args = ["plan", "-input=false", "-detailed-exitcode"];
    const { code, stdout, stderr } = await runTerraform(args, { cwd: this.stack.folder, env: this.env });
    if (code === 0 || code === 2) return code === 0;
    throw this.failure(args, stdout, stderr);
  }

  async destroy(): Promise<void> {
    await this.init();
    await this.run(["apply", "-destroy", "-input=false", "-auto-approve"]);
  }

  /** The addresses in the state. */
  async addresses(): Promise<string[]> {
    const list = await this.run(["state", "list"]);
    return list.split("\n").filter((line) => line !== "" && !line.startsWith("data."));
  }

  private async init(): Promise<void> {
    if (this.initialized) return;
    await this.run(["init", "-input=false"]);
    this.initialized = true;
  }

  private async run(args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runTerraform(args, { cwd: this.stack.folder, env: this.env });
    if (code !== 0) throw this.failure(args, stdout, stderr);
    return stdout;
  }

  private failure(args: readonly string[], stdout: string, stderr: string): RehearsalError {
    return new RehearsalError(`${this.name}: terraform ${args.join(" ")} failed:\n${(stderr || stdout).trim()}`);
  }
}
