import { rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { type Simulator, startSimulator } from "../../simulator";
import type { Reference } from "../../simulator/refusals/cloud-view";
import type { Waiting } from "../../simulator/turns";
import { deploy, destroy, readSynthesizedStacks, type SynthesizedStack, synthesize } from "../../terraform";
import { unprotected, writeStack } from "../../testing/protection";
import { Graph } from "../stacks/dependencies/graph";
import { projectApp } from "../support/project-app";
import { wholeOr } from "../support/whole-proofs";

const minutes = 60_000;
/** Terraform makes every call that its graph allows at once, so that the simulated cloud can choose among all of them. */
const unlimited = { TF_CLI_ARGS_apply: "-parallelism=1000", TF_CLI_ARGS_destroy: "-parallelism=1000" };

/** `prod-data aws_kms_key.data`, the same for every run. */
const nameOf = (owner: Waiting["owner"]): string => (owner ? `${basename(owner.folder)} ${owner.address}` : "");

/**
 * Chooses the order that is worst for what a resource needs: what others need is made last and deleted first, as far as
 * the graph allows.
 */
function worstOf(waiting: readonly Waiting[], needed: ReadonlySet<string>): number {
  const wanted = waiting.findIndex(({ owner, removal }) => removal === needed.has(nameOf(owner)));
  return Math.max(wanted, 0);
}

/** References whose order is left to chance: neither Terraform's graph nor the order of the stacks holds it. */
function unordered(references: readonly Reference[], stacks: readonly SynthesizedStack[]): string[] {
  const graphs = new Map(stacks.map(({ name, terraform }) => [name, new Graph(terraform)]));
  const byName = new Map(stacks.map((stack) => [stack.name, stack]));
  const after = (name: string, earlier: string): boolean =>
    (byName.get(name)?.dependencies ?? []).some((one) => one === earlier || after(one, earlier));
  const holds = ({ from, to }: Reference): boolean => {
    const [stack, other] = [basename(from.folder), basename(to.folder)];
    if (stack !== other) return after(stack, other);
    const resources = graphs.get(stack)?.resources ?? [];
    const at = (address?: string) => resources.find((resource) => resource.address === address);
    const [then, first] = [at(from.address), at(to.address)];
    return then !== undefined && first !== undefined && graphs.get(stack)?.comesBefore(first, then) === true;
  };
  const loose = references.filter((reference) => !holds(reference));
  return [...new Set(loose.map(({ from, to }) => `${nameOf(from)} needs ${nameOf(to)}`))].sort();
}

const variants = project.environments.flatMap(({ name: environment }) =>
  stages.map((stage) => [environment, stage] as const),
);
const tried = wholeOr(
  variants,
  variants.filter(([environment, stage]) => environment === "staging" && stage === stages.at(-1)),
);

describe.each(tried)("%s at %s", (environment, stage) => {
  const directory = join(".evenkeel", "test", "worst-order", `${environment}-${stage}`);
  const references: Reference[] = [];
  let needed: ReadonlySet<string> = new Set();
  let simulator: Simulator;
  let output: string;
  const options = () => ({ output, env: { ...simulator.env, ...unlimited } });

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({
      directory,
      onReference: (reference) => references.push(reference),
      chooseNext: (waiting) => worstOf(waiting, needed),
    });
    output = await synthesize({
      app: projectApp,
      environment,
      stage,
      output: resolve(directory, "out"),
      env: simulator.env,
    });
    for (const stack of readSynthesizedStacks(output)) writeStack(stack, unprotected(stack.terraform));
  }, minutes);
  afterAll(() => simulator?.stop());

  test(
    "says in its graph, or in the order of its stacks, all that its calls need",
    async () => {
      await deploy(options());
      expect(references.length).toBeGreaterThan(20);
      expect(unordered(references, readSynthesizedStacks(output))).toEqual([]);
    },
    6 * minutes,
  );

  // The last stage has what the others have, and references between more of it.
  if (stage !== stages.at(-1)) return;
  test(
    "is destroyed and deployed again in the worst order that its graph allows",
    async () => {
      needed = new Set(references.map(({ to }) => nameOf(to)));
      await destroy(options());
      expect(simulator.inventory.all()).toEqual([]);
      // The names of secrets are taken for days: the second time is in an account where nothing was before.
      rmSync(join(directory, "inventory.jsonl"));
      await deploy(options());
    },
    8 * minutes,
  );
});
