import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentInput } from "../../../config";
import project from "../../../evenkeel.config";
import { promote, type StackPromotion } from "../../../rehearsal";
import { startSimulator } from "../../../simulator";
import { DeploymentError, readStackFolders, TerraformStack } from "../../../terraform";
import { changedStacks, deployed } from "../deploy";
import { synthesizeInto } from "../judge";
import { judgePair, type PairJudgement } from "./judge";
import type { Base, Change } from "./pair";

/** What became of a change, and how many stacks it changes. */
export interface TriedPair extends PairJudgement {
  readonly stacks: number;
}

/** A base on a simulated cloud. It is deployed once, and each change starts from a copy of that. */
export class DeployedBase {
  private readonly cloud: string;
  private readonly output: string;
  private readonly kept: string;

  /**
   * @param folder Keeps what changes start from.
   * @param digest of what the base synthesizes to: another one is deployed anew
   */
  constructor(
    private readonly base: Base,
    private readonly folder: string,
    digest: string,
  ) {
    // Always in the same place, because states and inventory name it.
    this.cloud = join(folder, "cloud");
    this.output = join(folder, "output");
    this.kept = join(folder, `start-${base.name}-${digest.slice(0, 12)}`);
  }

  /** Promotes it to a change with the gates in the way, and looks at what that did. */
  async try({ input, stageAlone }: Change): Promise<TriedPair> {
    await this.prepare();
    synthesizeInto(this.output, input, join(this.cloud, "state"));
    const from = join(this.kept, "output");
    const { changed } = changedStacks(from, this.output);
    const { acknowledgedRemovals, acknowledgedFindings, leaving } = defineEnvironment(input as EnvironmentInput);
    const simulator = await startSimulator({
      directory: this.cloud,
      maxProviders: 1,
      lambdaConcurrency: project.statedLambdaConcurrency,
    });
    const { env, inventory } = simulator;
    try {
      const before = inventory.all();
      let promotions: StackPromotion[] | undefined;
      let failure: DeploymentError | undefined;
      try {
        const only = (stack: string) => changed.has(stack);
        const acknowledged = { acknowledgedRemovals, acknowledgedFindings };
        promotions = await promote({ from, to: this.output, env, concurrency: 2, ...acknowledged, leaving, only });
      } catch (error) {
        if (!(error instanceof DeploymentError)) throw error;
        failure = error;
      }
      const isApplied = promotions?.every(({ violations }) => violations.length === 0) ?? false;
      const unsettled: string[] = [];
      for (const stack of isApplied ? readStackFolders(this.output) : []) {
        if (changed.has(stack.name) && !(await new TerraformStack(stack, env).isSettled())) unsettled.push(stack.name);
      }
      const after = inventory.all();
      const isNew = (thing: (typeof after)[number]) => inventory.runOf(thing) !== undefined;
      const judgement = judgePair({ before, after, isNew, promotions, failure, unsettled, stageAlone });
      return { stacks: changed.size, ...judgement };
    } finally {
      await simulator.stop();
    }
  }

  /** Has the simulated cloud as it is after the deployment of the base. */
  private async prepare(): Promise<void> {
    rmSync(this.cloud, { recursive: true, force: true });
    if (!existsSync(this.kept)) {
      const older = `start-${this.base.name}-`;
      for (const name of readdirSync(this.folder).filter((one) => one.startsWith(older))) {
        rmSync(join(this.folder, name), { recursive: true, force: true });
      }
      process.stdout.write(`Deploying ${this.base.name} first.\n`);
      synthesizeInto(this.output, this.base.input, join(this.cloud, "state"));
      await deployed(this.cloud, this.output, () => true);
      // Under its name only when it is whole: a copy may be interrupted.
      const partial = `${this.kept}.partial`;
      cpSync(this.output, join(partial, "output"), { recursive: true });
      cpSync(this.cloud, join(partial, "cloud"), { recursive: true });
      renameSync(partial, this.kept);
      return;
    }
    cpSync(join(this.kept, "cloud"), this.cloud, { recursive: true });
  }
}
