import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentInput, type Stage } from "../../../config";
import type { Violation } from "../../../contract";
import prod from "../../../environments/prod";
import { dataHoldingTypes, reviewPlan, unplanned } from "../../../gates";
import type {
  Arguments,
  ConfigMutation,
  Mutation,
  OutputMutation,
} from "../../../scripts/deployment-mutations/mutation";
import { type Simulator, startSimulator } from "../../../simulator";
import { deploy, type Plan, type StackJson, type SynthesizedStack, TerraformStack } from "../../../terraform";
import { synthesizedStacks } from "../../frozen/synthesize";

/** What became of a change: why it was not planned, or what the gates say of its plans. */
export type End = { readonly refused: "synthesis" | "the plan"; readonly says: string } | readonly Violation[];

const isOfOutput = (mutation: Mutation): mutation is OutputMutation => "edit" in mutation;

/** Without experiments, which follow from all the rest: a change of that would be refused for them before anything else is seen. */
const input = { ...prod.input, chaos: prod.input.chaos && { optIn: prod.input.chaos.optIn } } as EnvironmentInput;

/** Prod on a simulated cloud, whose changes are planned one after the other and never applied. */
export class DeployedProd {
  private readonly planned = new Map<string, TerraformStack>();
  private count = 0;

  private constructor(
    private readonly root: string,
    private readonly simulator: Simulator,
    private readonly stacks: readonly SynthesizedStack[],
  ) {}

  static async deploy(root: string): Promise<DeployedProd> {
    rmSync(root, { recursive: true, force: true });
    const simulator = await startSimulator({ directory: join(root, "cloud") });
    const output = join(root, "deployed");
    try {
      const stacks = synthesizedStacks(defineEnvironment(input), { localStateDirectory: undefined }, output);
      await deploy({ output, env: simulator.env });
      return new DeployedProd(root, simulator, stacks);
    } catch (error) {
      // A test that waits for it would never end.
      await simulator.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.simulator.stop();
  }

  /** What the gates say of the plans of everything as it is deployed. */
  async unchanged(): Promise<readonly Violation[]> {
    const found: Violation[] = [];
    for (const stack of this.stacks) found.push(...this.review(stack.name, await this.plan(stack, stack.terraform)));
    return found;
  }

  /** What becomes of each change. Changes of the output that touch different resources are planned together. */
  async endsOf(mutations: readonly Mutation[]): Promise<Map<Mutation, End>> {
    const ends = new Map<Mutation, End>();
    for (const mutation of mutations) if (!isOfOutput(mutation)) ends.set(mutation, await this.endOfConfig(mutation));
    for (const batch of this.batches(mutations.filter(isOfOutput))) {
      const [first] = batch;
      if (!first) continue;
      const stack = this.stackOf(`prod-${first.mutation.stack}`);
      const terraform = structuredClone(stack.terraform);
      for (const { mutation } of batch) mutation.edit(resourceAt(terraform), terraform);
      const end = await this.endOfPlan(stack, terraform);
      for (const { mutation, touched } of batch) {
        const isOfThis = ({ address }: Violation) => mutation.alone || touched.includes(address);
        ends.set(mutation, "refused" in end ? end : end.filter(isOfThis));
      }
    }
    return ends;
  }

  private batches(mutations: readonly OutputMutation[]): Touching[][] {
    const batches: Touching[][] = [];
    for (const mutation of mutations) {
      const touched: string[] = [];
      const copy = structuredClone(this.stackOf(`prod-${mutation.stack}`).terraform);
      const at = resourceAt(copy);
      mutation.edit((address) => {
        touched.push(address);
        return at(address);
      }, copy);
      const one = { mutation, touched };
      const fitting = batches.find((batch) => batch.every((other) => canBeTogether(one, other)));
      if (fitting) fitting.push(one);
      else batches.push([one]);
    }
    return batches;
  }

  private async endOfConfig({ config, stage, stack, moved }: ConfigMutation): Promise<End> {
    this.count += 1;
    const output = join(this.root, `changed-${this.count}`);
    let stacks: readonly SynthesizedStack[];
    try {
      const environment = defineEnvironment({ ...input, ...config } as EnvironmentInput);
      stacks = synthesizedStacks(environment, { stage: stage as Stage, localStateDirectory: undefined }, output);
    } catch (error) {
      return { refused: "synthesis", says: error instanceof Error ? error.message : String(error) };
    }
    const environment = config.name ?? "prod";
    const found: Violation[] = [];
    for (const changed of stacks) {
      if (stack !== undefined && changed.name !== `${environment}-${stack}`) continue;
      const before = this.stacks.find(({ name }) => name === changed.name);
      if (before && !moved) {
        if (JSON.stringify(before.terraform) === JSON.stringify(changed.terraform)) continue;
        const assets = join(changed.folder, "assets");
        if (existsSync(assets)) cpSync(assets, join(before.folder, "assets"), { recursive: true });
      }
      const end = await this.endOfPlan(moved || !before ? changed : before, changed.terraform, stacks);
      if ("refused" in end) return end;
      found.push(...end);
      if (found.length > 0) break;
    }
    rmSync(output, { recursive: true, force: true });
    return found;
  }

  private async endOfPlan(
    stack: SynthesizedStack,
    terraform: StackJson,
    all: readonly SynthesizedStack[] = this.stacks,
  ): Promise<End> {
    try {
      return this.review(stack.name, await this.plan(stack, terraform), all);
    } catch (error) {
      return { refused: "the plan", says: error instanceof Error ? error.message : String(error) };
    }
  }

  private review(stack: string, plan: Plan, all: readonly SynthesizedStack[] = this.stacks): readonly Violation[] {
    const others = all.filter(({ name }) => name !== stack).map(({ terraform }) => unplanned(terraform));
    return reviewPlan({ stack, plan }, {}, others).violations;
  }

  /** Plans another configuration in the folder of a deployed stack, which is prepared already. */
  private async plan({ terraform: before, ...stack }: SynthesizedStack, terraform: StackJson): Promise<Plan> {
    const file = join(stack.folder, "cdk.tf.json");
    const known =
      this.planned.get(stack.folder) ??
      new TerraformStack(stack, this.simulator.env, { holdsData: (type) => type in dataHoldingTypes });
    this.planned.set(stack.folder, known);
    writeFileSync(file, JSON.stringify(terraform));
    try {
      return await known.plan();
    } finally {
      writeFileSync(file, JSON.stringify(before));
    }
  }

  private stackOf(name: string): SynthesizedStack {
    const found = this.stacks.find((stack) => stack.name === name);
    if (!found) throw new Error(`no stack ${name}, only ${this.stacks.map((stack) => stack.name).join(", ")}`);
    return found;
  }
}

/** A change of the output, with the addresses that it touches. */
interface Touching {
  readonly mutation: OutputMutation;
  readonly touched: readonly string[];
}

/** Whether what the gates say of two changes in one plan can be told apart. */
function canBeTogether(one: Touching, other: Touching): boolean {
  const [first, second] = [one.mutation, other.mutation];
  if (first.alone || second.alone || first.stack !== second.stack) return false;
  const isOtherArgument = first.argument && second.argument && first.argument !== second.argument;
  return Boolean(isOtherArgument) || !one.touched.some((address) => other.touched.includes(address));
}

function resourceAt(terraform: StackJson): (address: string) => Arguments {
  return (address) => {
    const [type = "", name = ""] = address.split(".");
    const found = terraform.resource?.[type]?.[name];
    if (!found) throw new Error(`no ${address}, only ${Object.keys(terraform.resource?.[type] ?? {}).join(", ")}`);
    return found;
  };
}
