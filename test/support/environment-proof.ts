import { cpSync, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Stage, stages } from "../../config";
import type { PlannedStack } from "../../rollout";
import { type Simulator, startSimulator } from "../../simulator";
import { cdktf, deploy, destroy, readStackFolders, rehearsedApp, synthesize, TerraformStack } from "../../terraform";
import { withoutProtection } from "../../testing/protection";
import { projectApp } from "./project-app";
import { applyReviewed, reviewedRollout, unlikeReviewed } from "./rolled-out";

const minutes = 60_000;

/** An environment at a stage, with its own standby regions or others. */
interface Variant {
  readonly stage: Stage;
  readonly standby?: readonly string[];
}

const title = ({ stage, standby }: Variant) => (standby ? `${stage} in ${standby.length + 1} regions` : stage);

export interface ProofOptions {
  /** Further standby regions to prove the last stage with, including the promotion from the environment's own. */
  readonly moreStandby?: readonly string[];
  /** The stages that are deployed afresh, with the promotions between them; all by default. */
  readonly stages?: readonly Stage[];
  /** Deploys and destroys with cdktf's command line, as users do, instead of the driver. */
  readonly throughCdktf?: boolean;
}

/**
 * Declares the tests that prove one environment on the simulated cloud: at every stage it deploys, settles without a
 * warning and is destroyed; and every promotion keeps what holds data or keys.
 */
export function proveEnvironment(
  environment: string,
  { moreStandby, stages: proven = stages, throughCdktf = false }: ProofOptions = {},
): void {
  const directory = join(".evenkeel", "test", environment);
  const folder = (variant: Variant) => title(variant).replaceAll(" ", "-");
  const output = (variant: Variant) => resolve(directory, folder(variant));
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const runCdktf = (verb: string, variant: Variant) =>
    cdktf(
      [verb, `${environment}-*`, "--auto-approve", "--app", rehearsedApp(projectApp, variant.stage, variant.standby)],
      {
        ...simulator.env,
        ENVIRONMENT: environment,
        CDKTF_OUTPUT: output(variant),
      },
    );
  const bringUp = async (variant: Variant) => {
    if (throughCdktf) return runCdktf("deploy", variant);
    const { env } = simulator;
    return deploy({
      output: await synthesize({ app: projectApp, environment, ...variant, output: output(variant), env }),
      env,
    });
  };
  const takeDown = async (variant: Variant) => {
    if (throughCdktf) return runCdktf("destroy", variant);
    const options = { output: output(variant), env: simulator.env };
    // As an owner does who means it: AWS refuses to delete what is protected.
    await withoutProtection(options.output, async (isProtected) => {
      await deploy({ ...options, only: isProtected });
      await destroy(options);
    });
  };
  const isDestroyed = async (variant: Variant) => {
    await takeDown(variant);
    for (const stack of stacks(variant)) expect([stack.name, await stack.addresses()]).toEqual([stack.name, []]);
    expect(simulator.inventory.all()).toEqual([]);
  };
  // Kept, so that each folder is initialized once.
  const driven = new Map<string, readonly TerraformStack[]>();
  const stacks = (variant: Variant): readonly TerraformStack[] => {
    const folders = () => readStackFolders(output(variant)).map((stack) => new TerraformStack(stack, simulator.env));
    const kept = driven.get(title(variant)) ?? folders();
    driven.set(title(variant), kept);
    return kept;
  };

  const own: readonly Variant[] = proven.map((stage) => ({ stage }));
  // Reached by a promotion alone, and destroyed after it.
  const widest: readonly Variant[] = moreStandby ? [{ stage: "optimization", standby: moreStandby }] : [];

  describe.each(own.map((variant) => [title(variant), variant] as const))(`${environment} at %s`, (_title, variant) => {
    test(
      throughCdktf ? "deploys through cdktf deploy" : "deploys",
      async () => {
        await bringUp(variant);
        for (const stack of stacks(variant))
          expect([stack.name, await stack.addresses()]).not.toEqual([stack.name, []]);
      },
      6 * minutes,
    );

    test(
      "plans no change, without a warning",
      async () => {
        for (const stack of stacks(variant)) {
          const { hasChanges, warnings } = await stack.makePlan();
          expect([stack.name, hasChanges, warnings]).toEqual([stack.name, false, []]);
        }
        snapshot(directory, folder(variant));
      },
      5 * minutes,
    );

    test(
      "is destroyed to an empty state",
      async () => {
        await isDestroyed(variant);
        // The names of secrets are taken for days: what follows is deployed as in an account where nothing was before.
        for (const part of parts) rmSync(join(directory, part), { recursive: true, force: true });
      },
      5 * minutes,
    );
  });

  // Of the widest, the step that brings its regions alone: the others are two of these, one after the other.
  const promotions = [...pairsOf(own), ...widest.map((to) => [{ stage: to.stage }, to] as const)];
  const pairs = promotions.map(([from, to]) => [title(from), title(to), from, to] as const);
  test.each(pairs)(
    `promotion of ${environment} from %s to %s is reviewed whole, destroys nothing, and is applied as it was reviewed`,
    async (_from, _to, from, to) => {
      restore(directory, folder(from));
      if (to.standby) await synthesize({ app: projectApp, environment, ...to, output: output(to), env: simulator.env });
      const pair = join(directory, `${folder(from)}-to-${folder(to)}`);
      const places = { scratch: pair, journal: `${pair}.journal.jsonl` };
      const deployed = new Set(stacks(from).map(({ name }) => name));
      const { rollout, violations } = await reviewedRollout(output(to), simulator.env, places, deployed);
      expect(violations).toEqual([]);
      expect(rollout.unpredictable).toEqual([]);
      expect(rollout.stacks.map(({ stack }) => stack)).toEqual(stacks(to).map(({ name }) => name));
      await applyReviewed(output(to), simulator.env, places, rollout);
      for (const [index, stack] of stacks(to).entries()) {
        const planned = rollout.stacks[index] as PlannedStack;
        expect([stack.name, await unlikeReviewed(stack, planned)]).toEqual([stack.name, []]);
      }
      if (to.standby) await isDestroyed(to);
    },
    8 * minutes,
  );
}

/** Every pair of an earlier and a later one, and not of neighbours alone. */
export const pairsOf = <T>(all: readonly T[]): (readonly [from: T, to: T])[] =>
  all.flatMap((from, index) => all.slice(index + 1).map((to) => [from, to] as const));

/** What a simulated cloud is: the states of local backends and of the simulated S3, and what exists. */
const parts = ["state", "s3", "inventory.jsonl"];

function snapshot(directory: string, name: string): void {
  for (const part of parts) {
    const source = join(directory, part);
    if (existsSync(source)) cpSync(source, join(directory, "snapshots", name, part), { recursive: true });
  }
}

function restore(directory: string, name: string): void {
  for (const part of parts) {
    rmSync(join(directory, part), { recursive: true, force: true });
    const source = join(directory, "snapshots", name, part);
    if (existsSync(source)) cpSync(source, join(directory, part), { recursive: true });
  }
}
