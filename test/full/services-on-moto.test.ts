import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentDefinition, stages } from "../../config";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import { resourcesOf, type StackJson, type SynthesizedStack } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { hasMoto, startMoto } from "../support/moto";
import { OnMoto } from "../support/on-moto/configuration";
import { leftOut, replacedOnMoto } from "../support/on-moto/left-out";
import { MotoStack, terraformOnMoto } from "../support/on-moto/terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;

/** moto signs no code: functions are made from the files themselves. */
const { codeSigning: _, ...unsigned } = prod.input;
// Nor containers: moto runs no tasks, for which the provider waits.
const onMoto = { ...unsigned, containers: undefined, containerNetwork: undefined, containerFlowLogs: undefined };
const environments = [sandbox, defineEnvironment(onMoto)];
type Stage = (typeof stages)[number];
const variants = stages.flatMap((stage) =>
  environments.map((environment) => ({ title: `${environment.name} at ${stage}`, environment, stage })),
);

const typeOf = (address: string): string => address.split(".")[0] ?? "";
const isServices = ({ name }: SynthesizedStack): boolean => name.includes("-services-");

function write(folder: string, terraform: StackJson): string {
  mkdirSync(folder, { recursive: true });
  // In lines, because Terraform's messages quote the one that is at fault.
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform, null, 2));
  return folder;
}

/** What became of the services of an environment. */
interface Outcome {
  /** The number of resources in each stack. */
  readonly resources: readonly number[];
  /** What a second run would create or replace, but for what moto causes. */
  readonly created: readonly unknown[];
  /** What is left after the destruction. */
  readonly left: readonly string[];
}

(hasMoto() ? describe : describe.skip)("From nothing, through the real provider against moto, the services of", () => {
  async function deployed(environment: EnvironmentDefinition, stage: Stage, endpoint: string): Promise<MotoStack[]> {
    const folder = temporaryFolder("moto-");
    const { account } = environment.input;
    const env = await terraformOnMoto(folder, endpoint);
    const stacks = synthesizedStacks(environment, { stage }, join(folder, "out"));
    const services = stacks.filter(isServices);
    const carried = new OnMoto(stacks, services, account);
    const before = new MotoStack(write(join(folder, "before"), carried.before()), env);
    await before.apply();
    const applied: MotoStack[] = [];
    for (const stack of services) {
      const onIt = new MotoStack(write(stack.folder, carried.stack(stack, before.outputs())), env);
      await onIt.apply();
      applied.push(onIt);
    }
    return applied;
  }

  /** Applies the services, plans them again and destroys them. */
  async function outcomeOf(environment: EnvironmentDefinition, stage: Stage): Promise<Outcome> {
    const moto = await startMoto({ MOTO_ACCOUNT_ID: environment.input.account });
    if (!moto) throw new Error("moto does not run here");
    try {
      const stacks = await deployed(environment, stage, moto.endpoint);
      const resources = stacks.map((stack) => stack.addresses().length);
      const created: unknown[] = [];
      for (const stack of stacks) {
        const planned = (await stack.plan())
          .filter(({ outcome }) => outcome !== "changed")
          .filter(({ address, outcome }) => outcome !== "replaced" || !(typeOf(address) in replacedOnMoto));
        created.push(...planned);
      }
      const left: string[] = [];
      for (const stack of stacks.reverse()) {
        await stack.destroy();
        left.push(...stack.addresses());
      }
      return { resources, created, left };
    } finally {
      await moto.stop();
    }
  }

  const outcomes = new Map<Stage, Promise<PromiseSettledResult<Outcome>[]>>();

  /** Of all environments at once: most of the time the provider pauses, as it does for AWS. */
  function outcomesAt(stage: Stage): Promise<PromiseSettledResult<Outcome>[]> {
    const started =
      outcomes.get(stage) ?? Promise.allSettled(environments.map((environment) => outcomeOf(environment, stage)));
    outcomes.set(stage, started);
    return started;
  }

  test.each(variants)(
    "$title are applied in one run, create nothing in a second one, and are destroyed",
    async ({ environment, stage }) => {
      const outcome = (await outcomesAt(stage))[environments.indexOf(environment)];
      if (outcome?.status !== "fulfilled") throw outcome?.reason;
      const { resources, created, left } = outcome.value;
      expect(resources.length).toBe(stage === "optimization" ? 2 : 1);
      expect(Math.min(...resources)).toBeGreaterThan(20);
      expect(created).toEqual([]);
      expect(left).toEqual([]);
    },
    30 * minutes,
  );

  test("are all there, but for the types that moto does not carry", () => {
    const services = variants
      .flatMap(({ environment, stage }) => synthesizedStacks(environment, { stage }, temporaryFolder()))
      .filter(isServices);
    const types = new Set(services.flatMap((stack) => [...resourcesOf(stack).keys()].map(typeOf)));
    const carried = [...types].filter((type) => !(type in leftOut));
    process.stdout.write(`against moto: ${carried.length} types; left out: ${Object.keys(leftOut).join(", ")}\n`);
    // A type that the services no longer have is taken from the list.
    expect(Object.keys(leftOut).filter((type) => !types.has(type))).toEqual([]);
    expect(carried.length).toBeGreaterThan(20);
  });
});
