import { othersIn, reasonsIn, reviewPlan, type Violation } from "../../gates";
import {
  applyRollout,
  Journal,
  type PlanDifference,
  type PlannedRollout,
  type PlannedStack,
  planDifferences,
  planRollout,
} from "../../rollout";
import { managedChanges, type Plan, type ResourceChange, type TerraformStack } from "../../terraform";

/** Where a rollout keeps what it needs while it goes on. */
export interface RolloutPlaces {
  /** Folder for copies of states, which is gone afterwards. */
  readonly scratch: string;
  /** File of the journal. */
  readonly journal: string;
}

/**
 * Plans all stacks at once, as a pull request does, on what those before them will put out.
 * @param deployed names of the stacks that are there
 * @returns the rollout, and what the gates refuse of it
 */
export async function reviewedRollout(
  output: string,
  env: NodeJS.ProcessEnv,
  { scratch }: RolloutPlaces,
  deployed: ReadonlySet<string>,
): Promise<{ rollout: PlannedRollout; violations: Violation[] }> {
  const rollout = await planRollout({ output, env, scratch });
  const [beside, others] = [reasonsIn(output), othersIn(output)];
  const violations = rollout.stacks.flatMap(
    ({ stack, plan }) =>
      reviewPlan({ stack, plan, ...beside(stack) }, { firstDeployment: !deployed.has(stack) }, others(stack))
        .violations,
  );
  return { rollout, violations };
}

/** Applies a rollout as it was reviewed. */
export async function applyReviewed(
  output: string,
  env: NodeJS.ProcessEnv,
  { journal }: RolloutPlaces,
  { stacks, foretold }: PlannedRollout,
): Promise<void> {
  await applyRollout({ output, env, reviewed: stacks, foretold, journal: new Journal(journal, "reviewed") });
}

/**
 * Where a stack is not what was reviewed, attribute by attribute, after the rollout was applied: but for values that were foretold, and
 * those that only AWS knows. A stack that another plan would change is not settled.
 */
export async function unlikeReviewed(
  stack: TerraformStack,
  { plan: reviewed, predicted }: PlannedStack,
): Promise<PlanDifference[]> {
  const settled = managedChanges(await stack.plan());
  const now = new Map(settled.map((one) => [one.address, one.change]));
  const unsettled = settled
    .filter(({ change: { actions } }) => actions.join() !== "no-op")
    .map(({ address, change: { actions } }) => ({ address, difference: `is not settled: ${actions.join(" and ")}` }));
  const isForetold = (address: string) =>
    predicted.some((one) => one.address === address && one.path.join() === "container_definitions");
  const read = (address: string, after: unknown) => (isForetold(address) ? after : withDefinitions(after));
  const planned = managedChanges(reviewed)
    .filter(({ change }) => !change.actions.includes("no-op"))
    .map((one) => ({ ...one, change: { ...one.change, after: read(one.address, one.change.after) } }));
  const left = planned.flatMap(({ address, change: { actions } }): PlanDifference[] => {
    const isThere = now.get(address)?.before != null;
    const isKept = actions.some((action) => action === "create" || action === "update");
    return isThere === isKept ? [] : [{ address, difference: isKept ? "is not there" : "is still there" }];
  });
  const made: Plan = {
    ...reviewed,
    resource_changes: planned.flatMap((one) => {
      const after = read(one.address, now.get(one.address)?.before);
      if (after == null) return [];
      return [{ ...one, change: { ...one.change, after: withoutUnset(after, one.change.after), after_unknown: {} } }];
    }),
  };
  const set = { ...reviewed, resource_changes: planned.map(withoutUnsetAttributes) };
  return [
    ...unsettled,
    ...left,
    ...planDifferences({ reviewed: set, predicted, fresh: made, replacements: new Map() }),
  ];
}

const withoutUnsetAttributes = (one: ResourceChange): ResourceChange => ({
  ...one,
  change: { ...one.change, after: withoutUnset(one.change.after, one.change.after) },
});

/** Container definitions as values: ECS writes their text down in its own order, with its defaults. */
function withDefinitions(after: unknown): unknown {
  const { container_definitions: text, ...others } = (after ?? {}) as { readonly container_definitions?: unknown };
  if (typeof text !== "string") return after;
  return { ...others, container_definitions: withoutEmpty(JSON.parse(text)) };
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, inner]) => !isUnset(inner));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutEmpty(inner)]));
}

/** A value without what a plan leaves out, as null, empty or 0: the provider writes its defaults there into the state. */
function withoutUnset(value: unknown, planned: unknown): unknown {
  if (Array.isArray(value)) {
    const elements = Array.isArray(planned) ? planned : [];
    return value.map((inner, index) => withoutUnset(inner, elements[index] ?? elements[0]));
  }
  if (value === null || typeof value !== "object") return value;
  const given = (planned ?? {}) as Record<string, unknown>;
  const entries = Object.entries(value).filter(([name]) => !(name in given && isUnset(given[name])));
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutUnset(inner, given[name])]));
}

const isUnset = (value: unknown): boolean =>
  value === null ||
  value === "" ||
  value === 0 ||
  (typeof value === "object" && Object.keys(value as object).length === 0);
