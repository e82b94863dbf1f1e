import { type EnvironmentDefinition, isAccount } from "../../config";
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
import { commitOf, type PlannedStack, planRollout, writeBundle } from "../../rollout";
import { countOutcomes, findProgram, managedChanges } from "../../terraform";
import { Progress } from "../deployment/progress";
import { enterWorkplace } from "../deployment/workplace";
import type { DocumentData, Outcome } from "../document";
import { planDocument } from "../documents/plan";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { ShownPlan, type ShowOptions } from "../review/shown-plan";
import { reviewData } from "../review-data";
import { toolkitVersion } from "../toolkit-name";

export interface PlanOptions extends ShowOptions {
  /** Folder to write the bundle to. */
  readonly out?: string;
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
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

async function planned(environment: EnvironmentDefinition, options: PlanOptions, signal: AbortSignal): Promise<Data> {
  const { name } = environment;
  const workplace = await enterWorkplace(environment, "plan");
  try {
    const progress = new Progress(workplace.stacks);
    const rollout = await planRollout({
      output: workplace.output,
      env: {},
      environment: name,
      scratch: `${workplace.output}.predicted`,
      concurrency: options.concurrency,
      signal,
      onEvent: progress.listener("planning"),
      log: note,
    });
    const beside = reasonsIn(workplace.output);
    const plans = rollout.stacks.map(({ stack, plan: made }) => ({ stack, plan: made, ...beside(stack) }));
    const review = reviewPlans(plans, {
      ...checkOptionsOf(environment),
      firstDeployment: options.firstDeployment ?? Boolean(process.env.EVENKEEL_SIMULATED),
    });
    // Findings of gates that only speak when asked are not known to be gone.
    const unused = unusedAcknowledgements(environment.acknowledgedRemovals, workplace.stacks, review);
    const { unpredictable, notPlanned } = rollout;
    const passed = review.violations.length === 0 && unpredictable.length === 0;
    const { stage } = environment.parse();
    const data: Data = {
      environment: name,
      stage,
      hasChanges: rollout.stacks.some((stack) => stack.hasChanges),
      passed,
      stacks: rollout.stacks.map(stackData),
      unpredictable: [...unpredictable],
      notPlanned: [...notPlanned],
      removals: rollout.stacks.flatMap(removalsOf),
      changes: planSummary(plans.map(({ plan: made }) => made)),
      ...reviewData({ ...review, unused }),
      bundle: null,
    };
    // What the gates refuse is not for anybody to apply.
    if (options.out === undefined || !passed) return data;
    const about = {
      environment: name,
      stage,
      createdAt: new Date().toISOString(),
      ...(await commitOf(process.cwd())),
      versions: await versions(),
    };
    return { ...data, bundle: writeBundle(options.out, workplace.output, rollout, about, data) };
  } finally {
    workplace.leave();
  }
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
