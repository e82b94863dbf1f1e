import type { BaseEnvironment } from "../../contract";
import { reviewWave, type StackPlan, type Violation } from "../../gates";
import { type ReviewedStack, touchedWaves, type Wave, type Waves, wavesOf } from "../../rollout";
import { readSynthesizedStacks } from "../../terraform";

/** The waves of what was planned of an environment. */
export function wavesOfPlans(
  { regions }: Pick<BaseEnvironment, "regions">,
  output: string,
  planned: readonly Pick<ReviewedStack, "stack" | "plan">[],
): Waves {
  const plans = new Map(planned.map(({ stack, plan }) => [stack, plan]));
  const { home, active = home } = regions;
  const stacks = readSynthesizedStacks(output).filter(({ name }) => plans.has(name));
  return wavesOf({ stacks, plans, home, serving: active });
}

/** The waves as documents show them, with what their plans change. */
export const wavesData = (waves: readonly Wave[], planned: Parameters<typeof touchedWaves>[1]) =>
  touchedWaves(waves, planned).map((wave) => ({ ...wave, stacks: [...wave.stacks], regions: [...wave.regions] }));

/** What the gate about waves refuses, wave by wave. */
export const violationsOfWaves = (waves: readonly Wave[], plans: readonly StackPlan[]): Violation[] =>
  waves.flatMap(({ stacks }) => reviewWave(plans.filter(({ stack }) => stack !== undefined && stacks.includes(stack))));
