import { defaultConcurrency, type InOrderOptions, inOrder, type Verdict } from "./in-order";
import type { JsonLogListener, StackOutput } from "./json-log";
import { readStackFolders, type StackFolder } from "./manifest";
import { countOutcomes, type OutcomeCounts, type ResourceOutcome } from "./outcome";
import type { Plan } from "./plan";
import { TerraformError } from "./terraform-error";
import { type StackRun, TerraformStack } from "./terraform-stack";
import { lacksOutput, OutputsOfUpstreams } from "./upstream-outputs";

/** What the driver reports while it works; events of several stacks may be interleaved. */
export type DriverEvent =
  | { readonly type: "started"; readonly stack: string }
  | { readonly type: "planned"; readonly stack: string; readonly counts: OutcomeCounts }
  | { readonly type: "resource"; readonly stack: string; readonly address: string }
  | { readonly type: "applied"; readonly stack: string; readonly counts: OutcomeCounts }
  /** A part of the apply was refused, maybe as it is still in use: what stays is planned first, and then the rest. */
  | { readonly type: "again"; readonly stack: string }
  | { readonly type: "failed"; readonly stack: string };

export interface DriverOptions {
  /** A cdktf output folder. */
  readonly output: string;
  /** Environment variables of Terraform, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  /** The environment that the stacks belong to, for messages. */
  readonly environment?: string;
  /** Which stacks to work on; all of them by default. */
  readonly only?: (stack: string) => boolean;
  /** How many stacks to work on at once; `defaultConcurrency()` by default. */
  readonly concurrency?: number;
  /** When it aborts, nothing more is started, and Terraform finishes the resources that it has started on. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DriverEvent) => void;
  /** Whether a resource type holds data or keys, for the message about resources whose region is gone. */
  readonly holdsData?: (type: string) => boolean;
}

/** The result for one stack. */
export interface StackReport {
  readonly stack: string;
  /** What is done to each resource; unchanged ones are left out. */
  readonly changes: readonly ResourceOutcome[];
  /** False if the check refused the plan, or refused another one before this could be applied. */
  readonly applied: boolean;
  /** Outputs after an apply; undefined if nothing had to be applied. */
  readonly outputs?: Readonly<Record<string, StackOutput>>;
}

/** A report with the plan that was checked, or is to be. */
export interface CheckedReport extends StackReport {
  readonly plan: Plan;
}

export interface PromoteOptions extends DriverOptions {
  /** Looks at each plan before it is applied; false refuses it, and nothing is applied after that. */
  readonly check: (stack: string, plan: Plan) => boolean | Promise<boolean>;
}

/**
 * Deploys every stack after those that it depends on: those whose outputs it reads, but where something leaves.
 * @returns what was done to each stack, in the order of deployment
 * @throws DeploymentError naming the stacks that failed
 */
export async function deploy(options: DriverOptions): Promise<StackReport[]> {
  return drive(options, upstream, async (stack, listener) => ({
    ...reportOf(stack, await stack.deploy(listener)),
    applied: true,
  }));
}

/**
 * Plans each stack, has the plan checked, and only then applies exactly that plan. A stack can only be planned after
 * those whose outputs it reads have been applied.
 *
 * Terraform destroys what is gone from the configuration before it updates what has used it, and AWS refuses some of that. What
 * stays is then planned, checked and applied first, and the whole stack after it.
 * @returns a report for each stack that was planned, in the order of deployment
 * @throws DeploymentError naming the stacks that failed
 */
export async function promote({ check, ...options }: PromoteOptions): Promise<CheckedReport[]> {
  let refused = false;
  const outputs = new OutputsOfUpstreams(options);
  /** @param only addresses to plan; all of the stack if left out */
  const planAndApply = async (stack: TerraformStack, listener: JsonLogListener, only?: readonly string[]) => {
    const planned = await stack.makePlan(listener, only).catch(async (error: unknown) => {
      if (!lacksOutput(error) || !(await outputs.of(stack.name))) throw error;
      return stack.makePlan(listener, only);
    });
    const plan = await stack.showPlan();
    const report = { ...reportOf(stack, planned), plan, applied: false };
    if (!(await check(stack.name, plan))) refused = true;
    if (refused || options.signal?.aborted) return { report };
    // A plan without changes needs no apply.
    if (!planned.hasChanges) {
      return { report: { ...report, applied: true, outputs: withoutSecrets(plan.planned_values?.outputs) } };
    }
    try {
      const applied = await stack.apply({ onResource: listener.onResource });
      return { report: { ...report, applied: true, outputs: applied.outputs } };
    } catch (error) {
      return { report, error };
    }
  };
  return drive(options, upstream, async (stack, listener) => {
    const { report, error } = await planAndApply(stack, listener);
    if (!error) return report;
    const { changes } = report;
    const kept = changes.filter(({ outcome }) => outcome !== "destroyed").map(({ address }) => address);
    const mayBeInUse = kept.length > 0 && kept.length < changes.length;
    if (!mayBeInUse || !(error instanceof TerraformError) || options.signal?.aborted) throw error;
    options.onEvent?.({ type: "again", stack: stack.name });
    for (const only of [kept, undefined]) {
      const next = await planAndApply(stack, listener, only);
      if (next.error) throw next.error;
      if (!next.report.applied) return { ...report, plan: next.report.plan };
      if (!only) return { ...report, applied: true, outputs: next.report.outputs };
    }
    return report;
  });
}

/**
 * Destroys every stack before those whose outputs it reads.
 * @returns what was done to each stack, in the order of deployment
 * @throws DeploymentError naming the stacks that failed
 */
export async function destroy(options: DriverOptions): Promise<StackReport[]> {
  return drive(options, downstream, async (stack, listener) => ({
    ...reportOf(stack, await stack.destroy(listener)),
    applied: true,
  }));
}

/**
 * Plans the destruction of every stack, and destroys nothing yet. The plans are kept for `applyDestruction`.
 * @returns a report for each stack, in the order of destruction; `applied` is false
 * @throws DeploymentError naming the stacks whose plan failed
 */
export async function planDestruction(options: DriverOptions): Promise<CheckedReport[]> {
  const folders = readStackFolders(options.output);
  const plan = async (stack: TerraformStack, listener: JsonLogListener) => {
    const planned = await planOfDestruction(stack, folders, options, listener);
    return { ...reportOf(stack, planned), plan: await stack.showPlan(), applied: false };
  };
  // Plans of a destruction do not depend on each other, so all of them can be made before one is applied.
  return (await drive(options, noOrder, plan, () => "continue")).reverse();
}

/**
 * Applies the plans that `planDestruction` has made, each stack before those whose outputs it reads.
 * @returns what was done to each stack, in the order of deployment
 * @throws DeploymentError naming the stacks that failed
 */
export async function applyDestruction(
  options: DriverOptions,
  plans: readonly CheckedReport[],
): Promise<StackReport[]> {
  const planned = new Map(plans.map((report) => [report.stack, report]));
  return drive(options, downstream, async (stack, listener) => {
    const changes = planned.get(stack.name)?.changes ?? [];
    if (changes.length > 0) await stack.apply({ onResource: listener.onResource });
    return { stack: stack.name, changes, applied: true };
  });
}

/**
 * What a stack reads may be gone already: a destruction that was interrupted by other means leaves states that no
 * configuration can be evaluated for. Then the state alone says what there is to destroy.
 */
async function planOfDestruction(
  stack: TerraformStack,
  folders: readonly StackFolder[],
  { env }: DriverOptions,
  listener: JsonLogListener,
): Promise<StackRun> {
  try {
    return await stack.makeDestroyPlan(listener);
  } catch (error) {
    const own = folders.find(({ name }) => name === stack.name);
    const upstreams = folders.filter(({ name }) => own && readsOf(own).includes(name));
    const gone = await Promise.all(upstreams.map((folder) => isEmpty(new TerraformStack(folder, env))));
    if (!gone.includes(true)) throw error;
    return stack.makeDestroyPlan(listener, false);
  }
}

async function isEmpty(stack: TerraformStack): Promise<boolean> {
  try {
    await stack.init();
    return (await stack.addresses()).length === 0;
  } catch (error) {
    // Terraform cannot list a state that does not exist.
    if (error instanceof TerraformError) return true;
    throw error;
  }
}

type Order = (stacks: readonly StackFolder[]) => InOrderOptions["after"];

const noOrder: Order = () => () => [];

const upstream: Order = (stacks) => (stack) => before(stack, stacks, ({ dependencies }) => dependencies);

const downstream: Order = (stacks) => (stack) =>
  stacks.filter((other) => before(other, stacks, readsOf).includes(stack.name)).map(({ name }) => name);

const readsOf = ({ reads, dependencies }: StackFolder): readonly string[] => reads ?? dependencies;

/** The stacks that come before one, directly or through others, even if those are not worked on. */
function before(
  stack: StackFolder,
  stacks: readonly StackFolder[],
  directly: (stack: StackFolder) => readonly string[],
  found = new Set<string>(),
): string[] {
  for (const other of stacks) {
    if (!directly(stack).includes(other.name) || found.has(other.name)) continue;
    found.add(other.name);
    before(other, stacks, directly, found);
  }
  return [...found];
}

async function drive<Report extends StackReport>(
  { output, env, environment, only = () => true, concurrency = defaultConcurrency(), ...options }: DriverOptions,
  order: Order,
  work: (stack: TerraformStack, listener: JsonLogListener) => Promise<Report>,
  verdictOf: (report: Report) => Verdict = ({ applied }) => (applied ? "continue" : "stop"),
): Promise<Report[]> {
  const { signal, holdsData, onEvent = () => {} } = options;
  const all = readStackFolders(output);
  const stacks = all.filter(({ name }) => only(name));
  const reports = new Map<string, Report>();
  const workOn = async (folder: StackFolder): Promise<Verdict> => {
    const stack = folder.name;
    onEvent({ type: "started", stack });
    const listener: JsonLogListener = {
      onPlan: (planned) => onEvent({ type: "planned", stack, counts: countOutcomes(planned) }),
      onResource: (address) => onEvent({ type: "resource", stack, address }),
    };
    const report = await work(new TerraformStack(folder, env, { signal, holdsData, environment }), listener).catch(
      (error: unknown) => {
        onEvent({ type: "failed", stack });
        throw error;
      },
    );
    reports.set(stack, report);
    if (report.applied) onEvent({ type: "applied", stack, counts: countOutcomes(report.changes) });
    return verdictOf(report);
  };
  await inOrder(stacks, { concurrency, signal, after: order(all) }, workOn);
  return stacks.flatMap(({ name }) => reports.get(name) ?? []);
}

/** A plan has the values of sensitive outputs; what Terraform says of an apply has not. */
const withoutSecrets = (outputs: StackReport["outputs"] = {}): StackReport["outputs"] =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { sensitive, value }]) => [
      name,
      sensitive ? { sensitive } : { sensitive, value },
    ]),
  );

function reportOf({ name }: TerraformStack, { changes, outputs }: StackRun): Omit<StackReport, "applied"> {
  return { stack: name, changes, outputs };
}
