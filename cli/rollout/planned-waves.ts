import type { EnvironmentDefinition } from "../../config";
import { reviewWave, type StackPlan, type Violation } from "../../gates";
import { type PlannedStack, type Wave, type Waves, wavesOf } from "../../rollout";
import { readSynthesizedStacks } from "../../terraform";

/** The waves of what was planned of an environment. */
export function wavesOfPlans(
  environment: EnvironmentDefinition,
  output: string,
  planned: readonly PlannedStack[],
): Waves {
  const plans = new Map(planned.map(({ stack, plan }) => [stack, plan]));
  const { home, active = home } = environment.parse().regions;
  const stacks = readSynthesizedStacks(output).filter(({ name }) => plans.has(name));
  return wavesOf({ stacks, plans, home, serving: active });
}

/** What the gate about waves refuses, wave by wave. */
export const violationsOfWaves = (waves: readonly Wave[], plans: readonly StackPlan[]): Violation[] =>
  waves.flatMap(({ stacks }) => reviewWave(plans.filter(({ stack }) => stack !== undefined && stacks.includes(stack))));
