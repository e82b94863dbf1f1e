import {
  type EnvironmentDefinition,
  isAccount,
  type Stage,
  type StageExceptions,
  type StageTable,
  stages,
} from "../../config";
import { rolloutBundlesConfig } from "../../contract";
import { UserError } from "../../errors";
import {
  checkOptionsOf,
  outcomeOf,
  planSummary,
  reasonsIn,
  regionCounts,
  reviewPlans,
  unusedAcknowledgements,
} from "../../gates";
import { ConfigError, parseConfig } from "../../modules/core";
import { commitOf, inWaves, type PlannedStack, planRollout, postponedIn, writeBundle } from "../../rollout";
import { countOutcomes, findProgram, managedChanges, movesIn } from "../../terraform";
import { compareWithBase } from "../base/base";
import { figureChanges } from "../base/figure-changes";
import { ownFigures } from "../base/figures";
import { Progress } from "../deployment/progress";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import type { DocumentData, Outcome } from "../document";
import { planDocument } from "../documents/plan";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { promotionState } from "../promotion/promotion";
import { ShownPlan, type ShowOptions } from "../review/shown-plan";
import { reviewData } from "../review-data";
import { violationsOfWaves, wavesData, wavesOfPlans } from "../rollout/planned-waves";
import { toolkitVersion } from "../toolkit-name";

export interface PlanOptions extends ShowOptions {
  /** Folder to write the bundle to. */
  readonly out?: string;
  /** ARNs of KMS keys or aliases that the bundle is encrypted with, in place of those of the environment. */
  readonly encryptWith?: readonly string[];
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
  /** A commit, a cdktf output folder or a bundle: stacks that are the same there are not planned. */
  readonly base?: string;
  /** Comma-separated stacks, with or without the environment's name in front. */
  readonly stacks?: string;
  /** How many stacks to plan at once. */
  readonly concurrency?: number;
  /** Exit code 2 where there is something to apply. */
  readonly detailedExitcode?: boolean;
}

/**
 * Plans a whole rollout: every stack against its real state, and those that read what others put out on what these will put out.
 * Nothing is applied.
 * @returns exit code 0; 1 on a violation; with `detailedExitcode` 2 if there is something to apply
 */
export async function plan(name: string, options: PlanOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (isAccount(environment)) throw new UserError(`${name}: is an account, which has one stack; use evenkeel deploy`);
  checkKeys(options);
  const shown = new ShownPlan(name, options, process.env);
  return interruptible(async (signal) => {
    const data = await planned(environment, options, signal).catch(async (error: unknown) => {
      await shown.failed();
      throw error;
    });
    await shown.show(data);
    return planDocument.outcome(data, data.passed ? (data.hasChanges && options.detailedExitcode ? 2 : 0) : 1);
  });
}

/** @throws ConfigError for what is no key, before anything is planned */
function checkKeys({ encryptWith, out }: PlanOptions): void {
  if (encryptWith === undefined) return;
  if (out === undefined) {
    throw new ConfigError("evenkeel plan", [
      {
        path: "--encrypt-with",
        message: "is for the bundle, which is only written with --out <folder>",
        received: encryptWith.join(" "),
      },
    ]);
  }
  parseConfig(rolloutBundlesConfig.shape.encryptWith, encryptWith, "evenkeel plan: --encrypt-with");
}

async function planned(environment: EnvironmentDefinition, options: PlanOptions, signal: AbortSignal): Promise<Data> {
  const { name } = environment;
  const workplace = await enterWorkplace(environment, "plan");
  try {
    const parsed = environment.parse();
    const only = chosenStacks(name, workplace.stacks, options.stacks);
    const base =
      options.base === undefined
        ? undefined
        : await compareWithBase(options.base, { environment: name, output: workplace.output, signal });
    const progress = new Progress(workplace.stacks);
    const rollout = await planRollout({
      output: workplace.output,
      env: {},
      environment: name,
      scratch: `${workplace.output}.predicted`,
      same: base?.same,
      only,
      concurrency: options.concurrency,
      signal,
      onEvent: progress.listener("planning"),
      log: note,
    });
    const beside = reasonsIn(workplace.output);
    const inOrder = wavesOfPlans(parsed, workplace.output, rollout.stacks);
    const plans = rollout.stacks.map(({ stack, plan: made }) => ({ stack, plan: made, ...beside(stack) }));
    const reviewed = reviewPlans(plans, {
      ...checkOptionsOf(environment),
      firstDeployment: options.firstDeployment ?? Boolean(process.env.EVENKEEL_SIMULATED),
    });
    const review = { ...reviewed, violations: [...reviewed.violations, ...violationsOfWaves(inOrder.waves, plans)] };
    // Findings of gates that only speak when asked are not known to be gone.
    const unused = unusedAcknowledgements(
      environment.acknowledgedRemovals,
      rollout.stacks.map(({ stack }) => stack),
      review,
    );
    const { unpredictable, notPlanned } = rollout;
    const passed = review.violations.length === 0 && unpredictable.length === 0;
    const { stage, exceptions } = parsed;
    const { commit, tree, differing } = await commitOf(process.cwd());
    const source = { commit, tree, dirty: differing.length > 0 };
    const figures = ownFigures(environment);
    const data: Data = {
      environment: name,
      stage,
      hasChanges: rollout.stacks.some((stack) => stack.hasChanges),
      passed,
      stacks: inWaves(inOrder.waves, rollout.stacks).map(stackData),
      waves: wavesData(inOrder.waves, rollout.stacks),
      homeFirst: inOrder.homeFirst,
      unpredictable: [...unpredictable],
      notPlanned: [...notPlanned],
      base: base
        ? { given: base.given, kind: base.kind, commit: base.commit, withoutFigures: base.withoutFigures }
        : null,
      unchanged: rollout.unchanged.map(({ stack }) => stack),
      leftOut: rollout.leftOut.map(({ stack }) => stack),
      figures,
      figureChanges: base?.figures ? figureChanges(base.figures, figures) : [],
      postponed: rollout.stacks.flatMap(({ stack, plan: made }) =>
        postponedIn(made).map((one) => ({ stack, ...one, arguments: [...one.arguments] })),
      ),
      laterStages: laterStages(environment.toolkit.stages, stage, exceptions),
      moves: rollout.stacks.flatMap(({ stack, plan: made }) =>
        movesIn(made).map(({ kind, address, from }) => ({ stack, kind, address, from })),
      ),
      removals: rollout.stacks.flatMap(removalsOf),
      changes: planSummary(plans.map(({ plan: made }) => made)),
      ...reviewData({ ...review, unused }),
      source,
      promotion: await promotionState(environment, (from) => project.find(from), source),
      bundle: null,
    };
    // What the gates refuse is not for anybody to apply.
    if (options.out === undefined || !passed) return data;
    const about = {
      environment: name,
      stage,
      createdAt: new Date().toISOString(),
      ...source,
      versions: await versions(),
      waves: inOrder.waves.map(({ region, stacks }) => ({ region, stacks: [...stacks] })),
      homeFirst: inOrder.homeFirst,
    };
    const sorted = { ...rollout, stacks: inWaves(inOrder.waves, rollout.stacks) };
    const encryptWith = options.encryptWith ?? parsed.rollout.bundles.encryptWith;
    const written = { encryptWith, log: note };
    return { ...data, bundle: await writeBundle(options.out, workplace.output, sorted, about, data, written) };
  } finally {
    workplace.leave();
  }
}

/** What stages after this one bring that the environment does not have yet. */
function laterStages(table: StageTable, stage: Stage, exceptions: StageExceptions): Data["laterStages"] {
  const enabled = table.enabled(stage, exceptions);
  return stages
    .slice(stages.indexOf(stage) + 1)
    .map((later) => ({
      stage: later,
      capabilities: table.names.filter((name) => table.since(name) === later && !enabled.has(name)),
    }))
    .filter(({ capabilities }) => capabilities.length > 0);
}

type Data = DocumentData<typeof planDocument>;

const stackData = ({ stack, plan: made, ...one }: PlannedStack): Data["stacks"][number] => ({
  stack,
  hasChanges: one.hasChanges,
  counts: countOutcomes(one.changes),
  regions: regionCounts(made),
  // Terraform tells them in the order in which it gets to them.
  resources: one.changes
    .map(({ address, outcome }) => ({ address, outcome }))
    .sort((a, b) => (a.address < b.address ? -1 : 1)),
  predictedFrom: [...one.predictedFrom],
  predicted: [...new Set(one.predicted.map(({ address }) => address))],
});

function removalsOf({ stack, plan: made }: PlannedStack): Data["removals"] {
  return managedChanges(made).flatMap((change) => {
    const outcome = outcomeOf(change);
    if (outcome !== "replaced" && outcome !== "destroyed" && outcome !== "forgotten") return [];
    const paths = (change.change.replace_paths ?? []).map((path) => path.join("."));
    const reason = change.action_reason?.replaceAll("_", " ");
    return [{ stack, address: change.address, outcome, because: paths.length > 0 ? paths : reason ? [reason] : [] }];
  });
}

/** What has planned, so that the same applies. */
async function versions(): Promise<Record<string, string>> {
  const program = await findProgram({ env: process.env, cwd: process.cwd() });
  return { evenkeel: toolkitVersion(), [program.name.toLowerCase()]: program.version, node: process.version };
}
