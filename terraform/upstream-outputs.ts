import { readStackFolders } from "./manifest";
import { lostResources } from "./plan";
import { TerraformError } from "./terraform-error";
import { TerraformStack, type TerraformStackOptions } from "./terraform-stack";

interface OutputsOptions extends Pick<TerraformStackOptions, "environment" | "signal"> {
  /** A cdktf output folder. */
  readonly output: string;
  /** Environment variables of Terraform, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
}

/** Whether a plan failed because a state that it reads has not got an output that its configuration has. */
export const lacksOutput = (error: unknown): boolean =>
  error instanceof TerraformError && error.message.includes("This object does not have an attribute named");

/**
 * Writes the outputs of stacks that are applied later than those that read them, as they are where something leaves: an output
 * that is read for the first time may be of something that stands already. Nothing but outputs is changed, and nothing in AWS.
 */
export class OutputsOfUpstreams {
  private readonly written = new Map<string, Promise<boolean>>();

  constructor(private readonly options: OutputsOptions) {}

  /** @returns whether all outputs of the stacks that this one reads are there now; false in the order of a deployment */
  async of(stack: string): Promise<boolean> {
    const folder = readStackFolders(this.options.output).find(({ name }) => name === stack);
    if (!folder?.reads || folder.reads.length === 0) return false;
    for (const upstream of folder.reads) {
      const writing = this.written.get(upstream) ?? this.of(upstream).then(() => this.write(upstream));
      this.written.set(upstream, writing);
      if (!(await writing)) return false;
    }
    return true;
  }

  private async write(upstream: string): Promise<boolean> {
    const { output, env, environment, signal } = this.options;
    const folder = readStackFolders(output).find(({ name }) => name === upstream);
    if (!folder) return false;
    const stack = new TerraformStack(folder, env, { environment, signal });
    const { hasChanges } = await stack.makeRefreshPlan();
    // What is no longer found would be forgotten, before a gate has seen it.
    if (lostResources(await stack.showPlan()).length > 0) return false;
    if (hasChanges) await stack.apply();
    return true;
  }
}
