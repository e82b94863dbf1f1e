import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { isUserError, UserError } from "../errors";
import {
  countOutcomes,
  type DriverEvent,
  defaultConcurrency,
  lockFileName,
  type Plan,
  type ResourceOutcome,
  readSynthesizedStacks,
  type SynthesizedStack,
  sideBySide,
  TerraformStack,
} from "../terraform";
import { type StateVersion, versionOf } from "./copied-state";
import { type PredictedValue, predictedValues } from "./predicted-values";
import { type PredictedOutputs, Predictions } from "./prediction";
import { stackRead, stateReferences } from "./state-references";

/** A stack as a rollout would change it. */
export interface PlannedStack {
  readonly stack: string;
  readonly plan: Plan;
  readonly changes: readonly ResourceOutcome[];
  /** False if there is nothing to apply, outputs included. */
  readonly hasChanges: boolean;
  readonly state: StateVersion;
  /** Names of the stacks whose outputs it was planned on before they are there. Where there are any, the plan cannot be applied. */
  readonly predictedFrom: readonly string[];
  /** What of the plan only the apply of those stacks will tell. */
  readonly predicted: readonly PredictedValue[];
}

export interface PlanRolloutOptions {
  /** A cdktf output folder. */
  readonly output: string;
  /** Environment variables of Terraform, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  readonly environment?: string;
  /** Where copies of states are kept meanwhile; they may hold secrets. */
  readonly scratch: string;
  /** Stacks that are as in a base that is applied: they are not planned unless they read of a stack that puts out something else. */
  readonly same?: ReadonlySet<string>;
  /** Which stacks to plan; all of them by default. */
  readonly only?: (stack: string) => boolean;
  /** How many stacks to plan at once; `defaultConcurrency()` by default. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DriverEvent) => void;
  readonly log?: (line: string) => void;
}

/** A stack whose outputs cannot be foretold, so that nothing that reads them can be planned. */
export interface UnpredictableStack {
  readonly stack: string;
  /** What the simulated cloud refuses, in the provider's words; or why it was not asked. */
  readonly because: string;
}

/** A stack that the rollout does not touch. */
export interface UntouchedStack {
  readonly stack: string;
  /** Where a planned stack reads it, so that it has to be the same at the apply. */
  readonly state?: StateVersion;
}

/** A stack that was chosen reads of others that were not, and these would put out something else. */
export class LeftOutError extends UserError {
  override readonly name = "LeftOutError";

  constructor(stack: string, upstreams: readonly string[]) {
    super(
      `--stacks: ${stack} reads of ${upstreams.join(", ")}, which ${upstreams.length === 1 ? "is" : "are"} left out and would put out something else; choose ${upstreams.length === 1 ? "it" : "them"} too, or apply ${upstreams.length === 1 ? "it" : "them"} first`,
    );
  }
}

/** All plans of a rollout. */
export interface PlannedRollout {
  /** In the order of deployment, without those that are not planned. */
  readonly stacks: readonly PlannedStack[];
  readonly unpredictable: readonly UnpredictableStack[];
  /** Names of the stacks that read of those, directly or through others. */
  readonly notPlanned: readonly string[];
  /** Stacks that are as in the base, and read no output that changes. */
  readonly unchanged: readonly UntouchedStack[];
  /** Stacks that were not chosen. */
  readonly leftOut: readonly UntouchedStack[];
  /** What stacks are expected to put out, where only their apply tells: by stack and output. */
  readonly foretold: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Plans all stacks of an output folder, each against its real state and after those that it reads. Where a stack puts out something
 * else once it is applied, those that read it are planned on what it is expected to put out.
 *
 * Of stacks that are left out, those are planned as well that a chosen one reads, as only a plan tells what they would put out.
 * @throws what has failed first, once nothing runs any more; LeftOutError
 */
export async function planRollout(options: PlanRolloutOptions): Promise<PlannedRollout> {
  const { output, env, environment, concurrency = defaultConcurrency(), onEvent = () => {} } = options;
  const { same = new Set<string>(), only = () => true } = options;
  const stacks = readSynthesizedStacks(output);
  const predictions = new Predictions(options.scratch, options.log);
  const expected = new Map<string, PredictedOutputs & { readonly file: string }>();
  const planned = new Map<string, PlannedStack>();
  const unpredictable = new Map<string, UnpredictableStack>();
  const notPlanned = new Set<string>();
  const readBy = new Map(
    stacks.map((stack, index) => [
      stack.name,
      // One that is applied later, as where something leaves, is read as it is.
      stacks
        .slice(0, index)
        .map(({ name }) => name)
        .filter((name) => readsFrom(stack, name, stacks)),
    ]),
  );

  const untouched = new Set<string>();
  const readStates = new Map<string, Promise<StateVersion>>();
  const needed = withUpstreams(stacks.map(({ name }) => name).filter(only), readBy);

  const work = async (stack: SynthesizedStack, signal: AbortSignal): Promise<void> => {
    const read = readBy.get(stack.name) ?? [];
    const isChosen = only(stack.name);
    const changing = read.filter((name) => expected.has(name) || unpredictable.has(name) || notPlanned.has(name));
    if (isChosen && changing.some((name) => !only(name))) {
      throw new LeftOutError(
        stack.name,
        changing.filter((name) => !only(name)),
      );
    }
    if (!needed.has(stack.name) || (same.has(stack.name) && changing.length === 0)) {
      untouched.add(stack.name);
      return;
    }
    if (read.some((name) => unpredictable.has(name) || notPlanned.has(name))) {
      notPlanned.add(stack.name);
      return;
    }
    onEvent({ type: "started", stack: stack.name });
    const references = Object.entries(stateReferences(stack.terraform)).flatMap(([block, reference]) => {
      const upstream = stackRead(stack, reference, stacks);
      const outputs = upstream === undefined || !read.includes(upstream) ? undefined : expected.get(upstream);
      return upstream !== undefined && outputs ? [{ block, upstream, outputs }] : [];
    });
    const files = new Map(references.map(({ block, outputs }) => [block, outputs.file]));
    const folder = files.size === 0 ? stack.folder : predictions.copyOf(stack, files);
    if (folder !== stack.folder) shareProviders(stack.folder, folder);
    const terraform = new TerraformStack({ name: stack.name, folder }, env, { environment, signal });
    // Before the plan, which then has read this state or a later one.
    for (const name of isChosen ? read : []) {
      const upstream = stacks.find((other) => other.name === name);
      if (!upstream || (only(name) && !untouched.has(name))) continue;
      const known = planned.get(name)?.state;
      const version =
        readStates.get(name) ??
        (known
          ? Promise.resolve(known)
          : new TerraformStack(upstream, env, { environment, signal }).state().then(versionOf));
      readStates.set(name, version);
      await version;
    }
    const run = await terraform.makePlan();
    const plan = await terraform.showPlan();
    const state = await terraform.state();
    onEvent({ type: "planned", stack: stack.name, counts: countOutcomes(run.changes) });
    const predicted = predictedValues(
      plan,
      stack,
      references.map(({ block, upstream, outputs }) => ({ block, stack: upstream, outputs })),
    );
    planned.set(stack.name, {
      stack: stack.name,
      plan,
      changes: run.changes,
      hasChanges: run.hasChanges,
      state: versionOf(state),
      predictedFrom: [...new Set(references.map(({ upstream }) => upstream))],
      predicted,
    });
    const isRead = [...readBy.values()].some((names) => names.includes(stack.name));
    if (!isRead || !putsOutSomethingElse(plan)) return;
    try {
      const outputs = await predictions.of(stack, plan, state, signal);
      expected.set(stack.name, { ...outputs, file: predictions.fileOf(stack.name, outputs.outputs) });
    } catch (error) {
      if (!isUserError(error) || signal.aborted) throw error;
      unpredictable.set(stack.name, { stack: stack.name, because: error.message });
    }
  };

  try {
    await sideBySide(
      stacks,
      { concurrency, signal: options.signal, after: ({ name }) => readBy.get(name) ?? [] },
      work,
    );
  } finally {
    await predictions.stop();
  }
  /** In the order of deployment, whichever was done first. */
  const inItsOrder = <T>(found: ReadonlyMap<string, T>): T[] =>
    stacks.flatMap(({ name }) => (found.has(name) ? [found.get(name) as T] : []));
  const foretold = stacks.flatMap(({ name }) => {
    const known = expected.get(name);
    if (!known || !only(name)) return [];
    return [[name, Object.fromEntries([...known.madeUp].map((output) => [output, known.outputs[output]?.value]))]];
  });
  const names = stacks.map(({ name }) => name);
  const untouchedStack = async (stack: string): Promise<UntouchedStack> => ({
    stack,
    ...(readStates.has(stack) && { state: await readStates.get(stack) }),
  });
  return {
    stacks: inItsOrder(planned).filter(({ stack }) => only(stack)),
    unpredictable: inItsOrder(unpredictable).filter(({ stack }) => only(stack)),
    notPlanned: names.filter((name) => only(name) && notPlanned.has(name)),
    unchanged: await Promise.all(names.filter((name) => only(name) && untouched.has(name)).map(untouchedStack)),
    leftOut: await Promise.all(names.filter((name) => !only(name)).map(untouchedStack)),
    foretold: Object.fromEntries(foretold),
  };
}

/** Stacks, and those that they read, directly or through others. */
function withUpstreams(stacks: readonly string[], readBy: ReadonlyMap<string, readonly string[]>): Set<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const upstream of readBy.get(name) ?? []) visit(upstream);
  };
  for (const name of stacks) visit(name);
  return found;
}

const readsFrom = (reader: SynthesizedStack, name: string, stacks: readonly SynthesizedStack[]): boolean =>
  Object.values(stateReferences(reader.terraform)).some((block) => stackRead(reader, block, stacks) === name);

const putsOutSomethingElse = (plan: Plan): boolean =>
  Object.values(plan.output_changes ?? {}).some(({ actions }) => actions.some((action) => action !== "no-op"));

/** What an init of the stack has chosen, so that the copy is planned by the same providers. */
function shareProviders(from: string, to: string): void {
  const lock = join(from, lockFileName);
  if (existsSync(lock)) copyFileSync(lock, join(to, lockFileName));
}
