import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import { compareWithStates, type Simulator, startSimulator, statesIn } from "../../simulator";
import { buildStacks } from "../../stacks";

/** What a simulated cloud is: the states of local backends and of the simulated S3, and what exists. */
export const partsOfCloud = ["state", "s3", "inventory.jsonl"] as const;

/** A simulated cloud of a test's own, to which environments are deployed as their files change. */
export class TestCloud {
  /** Where its parts are kept. */
  readonly folder: string;
  private count = 0;

  private constructor(
    private readonly root: string,
    readonly simulator: Simulator,
  ) {
    this.folder = join(root, "cloud");
  }

  /** @param root a folder of the test */
  static async start(root: string): Promise<TestCloud> {
    return new TestCloud(root, await startSimulator({ directory: join(root, "cloud") }));
  }

  get env(): NodeJS.ProcessEnv {
    return this.simulator.env;
  }

  /** Synthesizes an environment with its states in this cloud. @returns the output folder, another one each time */
  synthesized(input: EnvironmentInput): string {
    this.count += 1;
    const outdir = join(this.root, `out-${this.count}`);
    const localStateDirectory = relative(process.cwd(), join(this.folder, "state"));
    const app = new App({ outdir });
    buildStacks(app, defineEnvironment(input).resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  }

  /** Leaves nothing in it. */
  clear(): void {
    for (const part of partsOfCloud) rmSync(join(this.folder, part), { recursive: true, force: true });
  }

  /** Nothing stands that no state knows, and nothing is missing that one does. */
  expectAllInStates(): void {
    const { orphans, missing } = compareWithStates(this.simulator.inventory, statesIn(this.folder));
    expect({ orphans, missing }).toEqual({ orphans: [], missing: [] });
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }
}
