import { UserError } from "../errors";
import {
  countOutcomes,
  type DriverEvent,
  type Json,
  objectOf,
  readSynthesizedStacks,
  TerraformStack,
} from "../terraform";
import { type StateVersion, versionOf } from "./copied-state";
import { type PlanDifference, planDifferences } from "./differences";
import type { Journal } from "./journal";
import type { PlannedStack, UntouchedStack } from "./plan-rollout";
import { leavesOf } from "./predicted-values";
import type { Wave } from "./waves";

/** Outputs that were foretold, by stack and name. */
export type Foretold = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A stack as it was reviewed. */
export type ReviewedStack = Omit<PlannedStack, "changes">;

export interface ApplyRolloutOptions {
  /** The cdktf output folder of the reviewed bundle, with the plans that can be applied beside the stacks. */
  readonly output: string;
  readonly env: NodeJS.ProcessEnv;
  readonly environment?: string;
  /** In the order of deployment. */
  readonly reviewed: readonly ReviewedStack[];
  readonly foretold: Foretold;
  /** Stacks that are not touched; where a reviewed one reads it, with the state that it has to have still. */
  readonly untouched?: readonly UntouchedStack[];
  readonly journal: Journal;
  /** The stacks in waves; left out, nothing is asked between stacks. */
  readonly waves?: readonly Wave[];
  /** Is waited for once all stacks of a wave are applied, and before the next one begins. @param changed whether the rollout has changed any of them */
  readonly afterWave?: (wave: Wave, changed: boolean) => Promise<void>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DriverEvent) => void;
}

/** States are not as they were when the rollout was planned; nothing was applied. */
export class StateMovedError extends UserError {
  override readonly name = "StateMovedError";

  constructor(readonly stacks: readonly string[]) {
    super(
      [
        "These states have changed since the rollout was planned, so that what was reviewed is no longer what would be done:",
        ...stacks.map((stack) => `  ${stack}`),
        "Nothing was applied. Plan again, and have the new plan reviewed.",
      ].join("\n"),
    );
  }
}

/** What would be applied is not what was reviewed. */
export class NotReviewedError extends UserError {
  override readonly name = "NotReviewedError";

  constructor(
    readonly stackName: string,
    readonly differences: readonly PlanDifference[],
  ) {
    super(
      [
        `${stackName}: what would be applied now is not what was reviewed:`,
        ...differences.map(({ address, difference }) => `  ${address} ${difference}`),
        "This stack and those after it were not changed. Plan again, and have the new plan reviewed.",
      ].join("\n"),
    );
  }
}

/** How a rollout went on with one stack. */
export interface AppliedStack {
  readonly stack: string;
  /** `done before`: by an earlier run of the same bundle. `unchanged`: there was nothing to do. */
  readonly result: "applied" | "unchanged" | "done before";
}

/**
 * Applies a reviewed rollout, stack by stack: exactly the plan that was reviewed, or, where it was planned on outputs that were not
 * there yet, a fresh plan that equals it but for these values.
 * @throws StateMovedError before anything is applied; NotReviewedError for a stack whose fresh plan differs
 */
export async function applyRollout(options: ApplyRolloutOptions): Promise<AppliedStack[]> {
  const { output, env, environment, reviewed, journal, signal, onEvent = () => {} } = options;
  const folders = new Map(readSynthesizedStacks(output).map((stack) => [stack.name, stack]));
  const terraforms = new Map<string, TerraformStack>();
  const states = new Map<string, Json>();
  const moved: string[] = [];
  for (const { stack, state } of reviewed) {
    const folder = folders.get(stack);
    if (!folder) throw new Error(`${stack} is not in ${output}`);
    const terraform = new TerraformStack(folder, env, { environment, signal });
    terraforms.set(stack, terraform);
    const now = await terraform.state();
    states.set(stack, now);
    const before = journal.of(stack);
    if (before?.step === "begun") continue;
    if (!isSame(before?.state ?? state, versionOf(now))) moved.push(stack);
  }
  for (const { stack, state } of options.untouched ?? []) {
    const folder = folders.get(stack);
    if (!folder || state === undefined) continue;
    const now = versionOf(await new TerraformStack(folder, env, { environment, signal }).state());
    if (!isSame(state, now)) moved.push(stack);
  }
  if (moved.length > 0) throw new StateMovedError(moved);

  const replacements = new Map<string, string>();
  const results: AppliedStack[] = [];
  for (const one of reviewed) {
    signal?.throwIfAborted();
    const { stack } = one;
    const terraform = terraforms.get(stack);
    if (!terraform) continue;
    const before = journal.of(stack);
    onEvent({ type: "started", stack });
    const applied =
      before?.step === "done" ? undefined : await applyOne(terraform, one, before !== undefined, replacements, options);
    if (applied !== undefined) {
      const state = await terraform.state();
      states.set(stack, state);
      await journal.note(stack, "done", versionOf(state));
    }
    for (const [from, to] of replaced(options.foretold[stack] ?? {}, states.get(stack) ?? {}))
      replacements.set(from, to);
    results.push({ stack, result: applied === undefined ? "done before" : applied ? "applied" : "unchanged" });
    const wave = options.waves?.find(({ stacks }) => stacks.at(-1) === stack);
    if (wave) await options.afterWave?.(wave, hasChanged(wave, results, reviewed));
  }
  return results;
}

/** @returns whether this run, or an earlier one of the same bundle, had something to apply */
async function applyOne(
  terraform: TerraformStack,
  { stack, plan: reviewed, predicted, predictedFrom, hasChanges }: ReviewedStack,
  begun: boolean,
  replacements: ReadonlyMap<string, string>,
  { journal, onEvent = () => {} }: ApplyRolloutOptions,
): Promise<boolean> {
  const isExact = predictedFrom.length === 0 && !begun;
  if (isExact && !hasChanges) return false;
  let changes = hasChanges;
  if (!isExact) {
    const run = await terraform.makePlan();
    changes = run.hasChanges;
    onEvent({ type: "planned", stack, counts: countOutcomes(run.changes) });
    const differences = planDifferences({
      reviewed,
      predicted,
      fresh: await terraform.showPlan(),
      replacements,
      begun,
    });
    if (differences.length > 0) throw new NotReviewedError(stack, differences);
  }
  // An earlier run has applied it, and ended before it could write that down: its region has to be healthy after it all the same.
  if (!changes) return begun;
  await journal.note(stack, "begun");
  const run = await terraform.apply({ onResource: (address) => onEvent({ type: "resource", stack, address }) });
  onEvent({ type: "applied", stack, counts: countOutcomes(run.changes) });
  return true;
}

/** What an earlier run has applied counts as well: it may have ended before anybody knew whether it is healthy. */
const hasChanged = ({ stacks }: Wave, results: readonly AppliedStack[], reviewed: readonly ReviewedStack[]): boolean =>
  results.some(
    ({ stack, result }) =>
      stacks.includes(stack) &&
      (result === "applied" ||
        (result === "done before" && reviewed.some((one) => one.stack === stack && one.hasChanges))),
  );

const isSame = (left: StateVersion, right: StateVersion): boolean =>
  left.lineage === right.lineage && left.serial === right.serial;

/** Each text that was foretold, with the one that the state has in its place. */
function replaced(foretold: Readonly<Record<string, unknown>>, state: Json): [string, string][] {
  return Object.entries(foretold).flatMap(([name, value]) => {
    const now = new Map(
      leavesOf(objectOf(objectOf(state.outputs)[name]).value).map((leaf) => [JSON.stringify(leaf.path), leaf.value]),
    );
    return leavesOf(value).flatMap(({ path, value: from }): [string, string][] => {
      const to = now.get(JSON.stringify(path));
      return typeof from === "string" && typeof to === "string" ? [[from, to]] : [];
    });
  });
}
