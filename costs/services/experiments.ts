import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { shown } from "../use";
import { blocksOf, charge, free } from "./parts";

/** Minutes of an ISO 8601 duration in hours and minutes: `PT1H30M`. */
function minutesOf(text: unknown): number {
  const [, hours = "0", minutes = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(typeof text === "string" ? text : "") ?? [];
  return Number(hours) * 60 + Number(minutes);
}

/** Minutes that the actions of a template are active together. */
function actionMinutes({ values }: PricedResource): number {
  return blocksOf(values.action).reduce((sum, { parameter }) => {
    const durations = blocksOf(parameter)
      .filter(({ key }) => key === "duration" || key === "maxDuration")
      .map(({ value }) => minutesOf(value));
    // An action without a duration, such as a failover, takes a minute at least.
    return sum + Math.max(1, ...durations);
  }, 0);
}

/** What a schedule that starts an experiment costs. */
export function experimentOf(
  schedule: PricedResource,
  input: unknown,
  starts: number,
  { referred }: PricingContext,
): Charge[] {
  const template = referred(schedule, input);
  if (template?.type !== "aws_fis_experiment_template") return [];
  const minutes = actionMinutes(template);
  return charge("fis.action-minutes", starts * minutes, `started ${shown(starts)} times a month x ${minutes} min`);
}

export const experiments: Pricings = {
  aws_fis_experiment_template: free,
  aws_ssm_document: free,
};
