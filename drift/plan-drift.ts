import { rmSync } from "node:fs";
import { join } from "node:path";
import {
  type DriverEvent,
  defaultConcurrency,
  type Json,
  readSynthesizedStacks,
  sideBySide,
  TerraformStack,
} from "../terraform";
import type { DriftChange } from "./change";
import { changesIn } from "./changes-in";
import { EnvironmentView } from "./environment-view";

export interface PlanDriftOptions {
  /** A cdktf output folder. */
  readonly output: string;
  /** Environment variables of Terraform, on top of this process's own. */
  readonly env: NodeJS.ProcessEnv;
  /** The environment that the stacks belong to, for messages. */
  readonly environment?: string;
  /** Which stacks to look at; all of them by default. */
  readonly only?: (stack: string) => boolean;
  /** How many stacks at once; `defaultConcurrency()` by default. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DriverEvent) => void;
}

/** What has changed in AWS since the last deployment. */
export interface PlannedDrift {
  /** In the order of deployment, then of addresses. */
  readonly changes: readonly DriftChange[];
  /** What decides of which kind they are. */
  readonly view: EnvironmentView;
  /** Stacks that were looked at. */
  readonly stacks: readonly string[];
  /** Stacks whose states are empty. */
  readonly notDeployed: readonly string[];
}

/**
 * Reads what every stack manages, side by side, by plans that only refresh. No state is written; the plans, which may hold secrets, are
 * deleted. Of stacks that are not chosen the state alone is read, as the environment is seen whole.
 * @throws what has failed first, once nothing runs any more
 */
export async function planDrift(options: PlanDriftOptions): Promise<PlannedDrift> {
  const {
    output,
    env,
    environment,
    only = () => true,
    concurrency = defaultConcurrency(),
    onEvent = () => {},
  } = options;
  const stacks = readSynthesizedStacks(output);
  const states = new Map<string, Json>();
  const found = new Map<string, DriftChange[]>();
  await sideBySide(stacks, { concurrency, signal: options.signal, after: () => [] }, async (stack, signal) => {
    const terraform = new TerraformStack(stack, env, { environment, signal });
    const state = await terraform.state();
    states.set(stack.name, state);
    if (!only(stack.name) || isEmpty(state)) return;
    onEvent({ type: "started", stack: stack.name });
    try {
      await terraform.makeRefreshPlan();
      found.set(stack.name, changesIn(stack, await terraform.showPlan()));
    } finally {
      for (const file of ["plan", "plan.json"]) rmSync(join(stack.folder, file), { force: true });
    }
  });
  const names = stacks.map(({ name }) => name).filter(only);
  return {
    changes: names.flatMap((name) => found.get(name) ?? []),
    view: new EnvironmentView(stacks.map((stack) => ({ stack, state: states.get(stack.name) ?? {} }))),
    stacks: names.filter((name) => found.has(name)),
    notDeployed: names.filter((name) => !found.has(name)),
  };
}

const isEmpty = ({ resources }: Json): boolean => !((resources ?? []) as Json[]).some(({ mode }) => mode === "managed");
