import type { Bus, Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { firesPerMonth } from "../month";
import { assumed, gigabytesOf, shown, sumOf, unitsOf } from "../use";
import { experimentOf } from "./experiments";
import { runsOf } from "./lambda";
import { charge, free, numberOf } from "./parts";

/** An event is metered in steps of 64 KB. */
const meteredKb = 64;

/** The bus of the environment that a resource stands for in one region. */
const busOf = ({ path, region }: PricedResource, { config }: PricingContext): Bus | undefined =>
  config.eventBuses.find(({ name }) => path[0] === `${name}-${region}`);

/** Whether events of a bus reach a region: those of the region that serves, and all where an endpoint replicates them. */
function reaches(bus: PricedResource, at: PricingContext): boolean {
  if (bus.region === at.servingRegion) return true;
  return at.resources.some(
    ({ type, stack, values }) =>
      type === "aws_cloudwatch_event_endpoint" &&
      stack === bus.stack &&
      JSON.stringify(values.replication_config ?? "").includes("ENABLED") &&
      JSON.stringify(values.event_bus ?? "").includes(`aws_cloudwatch_event_bus.${bus.name}.`),
  );
}

const publishes =
  (name: string) =>
  ({ publishes: buses }: PricingContext["config"]["services"][number]): boolean =>
    buses[name] !== undefined;

/** Events of a month that a bus gets from the services, as they are metered. */
export const eventsOf = (bus: string, at: PricingContext): number =>
  sumOf(at, publishes(bus), ({ events, eventKb }) => events * unitsOf(eventKb, meteredKb));

function bus(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const of = busOf(resource, at);
  if (!of || !reaches(resource, at)) return [];
  const events = eventsOf(of.name, at);
  const how = resource.region === at.servingRegion ? "published" : "replicated by the endpoint";
  return charge("eventbridge.events", events, `${shown(events)} events ${how}`);
}

function archive(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const of = busOf(resource, at);
  const source = at.referred(resource, resource.values.event_source_arn);
  if (!of || !source || !reaches(source, at)) return [];
  const gigabytes = sumOf(at, publishes(of.name), ({ events, eventKb }) => gigabytesOf(events * eventKb));
  const days = numberOf(resource.values.retention_days);
  const months = days === 0 ? assumed.foreverMonths : days / 30.4;
  return [
    ...charge("eventbridge.archived", gigabytes, `${shown(gigabytes)} GB of events`),
    ...charge("eventbridge.archive", gigabytes * months, `${shown(gigabytes)} GB x ${shown(months)} months`),
  ];
}

/** The function that an alias or a function's ARN leads to. */
function functionOf(resource: PricedResource, arn: unknown, at: PricingContext): PricedResource | undefined {
  const target = at.referred(resource, arn);
  if (target?.type === "aws_lambda_alias") return at.referred(target, target.values.function_name);
  return target?.type === "aws_lambda_function" ? target : undefined;
}

/** What a warmer calls in one round, as its schedule says. */
function warmed(input: unknown, fires: number, resource: PricedResource, at: PricingContext): Charge[] {
  const { concurrency, holdMs, functionName } = parsed(input);
  if (typeof concurrency !== "number" || typeof holdMs !== "number") return [];
  const fn = at.resources.find(
    ({ type, region, values }) =>
      type === "aws_lambda_function" && region === resource.region && values.function_name === functionName,
  );
  return fn ? runsOf(fn, fires * concurrency, holdMs) : [];
}

function parsed(input: unknown): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(typeof input === "string" ? input : "{}") as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function schedule(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const { values } = resource;
  if (values.state === "DISABLED") return [];
  const fires = firesPerMonth(values.schedule_expression);
  const target = (Array.isArray(values.target) ? values.target[0] : values.target) as Readonly<Record<string, unknown>>;
  const fn = functionOf(resource, target.arn, at);
  const how = `${String(values.schedule_expression)}, ${shown(fires)} times a month`;
  return [
    ...charge("scheduler.invocations", fires, how),
    ...(fn ? runsOf(fn, fires, assumed.scheduledRunMs) : []),
    ...(target.eventbridge_parameters === undefined ? [] : charge("eventbridge.events", fires, how)),
    ...warmed(target.input, fires, resource, at),
    ...experimentOf(resource, target.input, fires, at),
  ];
}

/** A rule by the clock is free; the function that it calls is not. */
function rule(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const fires = firesPerMonth(resource.values.schedule_expression);
  if (fires === 0) return [];
  return at.resources
    .filter((one) => one.type === "aws_cloudwatch_event_target" && at.referred(one, one.values.rule) === resource)
    .flatMap((target) => {
      const fn = functionOf(target, target.values.arn, at);
      return fn ? runsOf(fn, fires, assumed.scheduledRunMs) : [];
    });
}

export const events: Pricings = {
  aws_cloudwatch_event_api_destination: free,
  aws_cloudwatch_event_bus: bus,
  aws_cloudwatch_event_archive: archive,
  aws_cloudwatch_event_connection: free,
  aws_cloudwatch_event_rule: rule,
  aws_cloudwatch_event_target: free,
  aws_cloudwatch_event_endpoint: free,
  aws_cloudwatch_event_bus_policy: free,
  aws_scheduler_schedule: schedule,
  aws_scheduler_schedule_group: free,
};
