import { AppautoscalingScheduledAction } from "@cdktf/provider-aws/lib/appautoscaling-scheduled-action";
import type { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { Construct } from "constructs";
import { z } from "zod";
import { autoScalingSchedule, timeZone } from "../../values/languages";
import type { Report } from "./config";
import { deploymentStackOf } from "./deployment-stack";
import { checkedText, kebabName } from "./fields";
import { strictObject } from "./strict-object";

interface Limits {
  readonly min: number;
  readonly max: number;
}

/** Limits of a scalable target at certain times. */
interface CapacitySchedule extends Limits {
  readonly name: string;
  readonly schedule: string;
  readonly timezone: string;
}

/** The limits of a scalable target, with what moves them by the clock. */
interface ScheduledLimits extends Limits {
  readonly schedules: readonly CapacitySchedule[];
}

/**
 * Schedules of a scalable target.
 * @param owner what has them: `function`
 * @param limits fields of the two limits
 */
export const capacitySchedules = <T extends z.ZodType<number>>(
  owner: string,
  limits: { readonly min: T; readonly max: T },
) =>
  z
    .array(
      strictObject(() => ({
        name: kebabName(32).describe(`Name, unique in the ${owner}. Part of the Terraform address.`),
        schedule: checkedText(autoScalingSchedule).describe(
          "When these limits apply: cron(...), rate(...) or at(...).",
        ),
        timezone: checkedText(timeZone)
          .default("UTC")
          .describe("IANA time zone of the schedule, such as Europe/Dublin."),
        ...limits,
      })),
    )
    .default([])
    .describe("Changes the limits at certain times, for predictable traffic.");

/** Reports limits that contradict each other, names that are used twice, and schedules after which a limit never is what it was. */
export function checkCapacity(
  { min, max, schedules }: ScheduledLimits,
  at: readonly PropertyKey[],
  report: Report,
): void {
  [
    { path: [...at], min, max },
    ...schedules.map((one, index) => ({ ...one, path: [...at, "schedules", index] })),
  ].forEach((limits) => {
    if (limits.min > limits.max) report([...limits.path, "min"], `is above max, ${limits.max}; use at most max`);
  });
  schedules.forEach(({ name }, index) => {
    if (schedules.findIndex((other) => other.name === name) < index) {
      report([...at, "schedules", index, "name"], "is used twice; give each schedule its own name");
    }
  });
  for (const limit of ["min", "max"] as const) {
    const base = { min, max }[limit];
    const [first = base, ...others] = schedules.map((schedule) => schedule[limit]);
    if (first === base || others.some((other) => other !== first)) continue;
    report(
      [...at, "schedules", 0, limit],
      `is ${first} in every schedule, so that after the first one it never is ${base} again; add a schedule that sets it back, or write ${first} in place of ${base}`,
    );
  }
}

/** Limits of a scalable target that scheduled actions move: an apply must not undo that. */
export const limitsThatMove = { ignoreChanges: ["min_capacity", "max_capacity"] };

/** What names a scalable target; references, so that it is created first. */
export const scaledBy = ({ serviceNamespace, scalableDimension, resourceId }: AppautoscalingTarget) => ({
  serviceNamespace,
  scalableDimension,
  resourceId,
});

/**
 * Moves the limits of a scalable target by the clock.
 * @param name literal name of what is scaled; names of the actions begin with it
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export function scheduledCapacity(
  scope: Construct,
  {
    region,
    name,
    target,
    schedules,
  }: {
    readonly region: string;
    readonly name: string;
    readonly target: AppautoscalingTarget;
    readonly schedules: readonly CapacitySchedule[];
  },
): void {
  const provider = deploymentStackOf(scope).providers.in(region);
  for (const one of schedules) {
    new AppautoscalingScheduledAction(scope, `schedule-${one.name}`, {
      provider,
      ...scaledBy(target),
      name: `${name}-${one.name}`,
      schedule: one.schedule,
      timezone: one.timezone,
      scalableTargetAction: { minCapacity: String(one.min), maxCapacity: String(one.max) },
    });
  }
}
