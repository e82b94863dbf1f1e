import {
  type ApplicationAutoScalingClient,
  DeleteScheduledActionCommand,
  DescribeScheduledActionsCommand,
  PutScheduledActionCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { hourMs } from "../../forecast/index.js";
import { type ForecastAlias, resourceIdOf } from "./forecast-aliases.js";

/** What the names of the actions begin with: others are never touched. */
export const actionPrefix = "evenkeel-forecast-";

/** A scheduled action: from when on there are how many environments, at least. */
export interface Step {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly min: number;
}

/** What the steps of a day are made of. */
export interface DayOfSteps {
  /** Milliseconds since 1970. */
  readonly dayStart: number;
  /** Environments by hour, from `dayStart` on. */
  readonly hours: readonly number[];
  /** What stands when the day is over, so that a forecast that fails leaves no peak behind. */
  readonly afterwards: number;
  /** How long before an hour its environments are begun, in milliseconds: all have to be there before one of them serves. */
  readonly leadMs: number;
}

/**
 * One step for each hour that differs from the one before, and one that ends the day. An hour that needs more begins early, one that
 * needs less on time. Names are by the hour, so each day replaces the one before.
 */
export function stepsOf({ dayStart, hours, afterwards, leadMs }: DayOfSteps): Step[] {
  const steps: Step[] = [];
  for (const [index, min] of hours.entries()) {
    const before = index === 0 ? undefined : hours[index - 1];
    if (min === before) continue;
    // What yesterday ended with is not known here: the first hour begins early.
    const early = before === undefined || min > before;
    const name = `${actionPrefix}${String(index).padStart(2, "0")}`;
    steps.push({ name, at: dayStart + index * hourMs - (early ? leadMs : 0), min });
  }
  return [...steps, { name: `${actionPrefix}end`, at: dayStart + hours.length * hourMs, min: afterwards }];
}

const lambda = { ServiceNamespace: "lambda", ScalableDimension: "lambda:function:ProvisionedConcurrency" } as const;

/**
 * Has an alias follow the steps: actions of earlier days with names of ours go, others stay. The maximum is that of the alias, so that
 * target tracking may go above a forecast that is too low.
 * @returns how many actions were written and deleted
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export async function writeSteps(
  client: ApplicationAutoScalingClient,
  alias: ForecastAlias,
  steps: readonly Step[],
): Promise<{ readonly written: number; readonly deleted: number }> {
  const target = { ...lambda, ResourceId: resourceIdOf(alias) };
  // New ones first: if that fails half-way, what is there of yesterday is better than nothing.
  for (const { name, at, min } of steps) {
    await client.send(
      new PutScheduledActionCommand({
        ...target,
        ScheduledActionName: name,
        Schedule: `at(${new Date(at).toISOString().slice(0, 19)})`,
        Timezone: "UTC",
        ScalableTargetAction: { MinCapacity: min, MaxCapacity: alias.max },
      }),
    );
  }
  const kept = new Set(steps.map(({ name }) => name));
  const stale = (await namesOf(client, target)).filter((name) => !kept.has(name));
  for (const name of stale) {
    try {
      await client.send(new DeleteScheduledActionCommand({ ...target, ScheduledActionName: name }));
    } catch (error) {
      // A one-time action may go by itself once it is over.
      if (!(error instanceof Error) || error.name !== "ObjectNotFoundException") throw error;
    }
  }
  return { written: steps.length, deleted: stale.length };
}

/** The names of our actions of an alias. */
async function namesOf(
  client: ApplicationAutoScalingClient,
  target: typeof lambda & { readonly ResourceId: string },
): Promise<string[]> {
  const names: string[] = [];
  let next: string | undefined;
  do {
    const page = await client.send(new DescribeScheduledActionsCommand({ ...target, NextToken: next }));
    for (const { ScheduledActionName: name = "" } of page.ScheduledActions ?? []) {
      if (name.startsWith(actionPrefix)) names.push(name);
    }
    next = page.NextToken;
  } while (next !== undefined);
  return names;
}
