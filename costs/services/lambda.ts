import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { paysForSnapshots } from "../../values/availability";
import { hoursPerMonth } from "../../values/prices";
import { secondsPerMonth } from "../month";
import { provisionedUse } from "../provisioned";
import { assumed, shown } from "../use";
import { blocksOf, charge, free, numberOf, serviceOf } from "./parts";

type Architecture = "arm64" | "x86_64";

/** The price list's name of what a function runs on. */
export const architectureOf = ({ values }: PricedResource): Architecture =>
  JSON.stringify(values.architectures ?? "").includes("arm64") ? "arm64" : "x86_64";

export const gigabytesOfMemory = ({ values }: PricedResource): number => numberOf(values.memory_size, 128) / 1024;

/** Requests and GB-seconds of a function that runs so often. */
export function runsOf(fn: PricedResource, runs: number, ms: number, region?: string): Charge[] {
  const gigabytes = gigabytesOfMemory(fn);
  const how = `${shown(runs)} runs`;
  return [
    ...charge("lambda.requests", runs, how, region),
    ...charge(
      `lambda.${architectureOf(fn)}`,
      (runs * ms * gigabytes) / 1000,
      `${how} x ${shown(ms)} ms x ${shown(gigabytes)} GB`,
      region,
    ),
  ];
}

/** One version of a function of Python or .NET that starts from snapshots is cached for the whole month, and restored for each environment. */
function snapshots(fn: PricedResource, requests: number): Charge[] {
  const [config] = blocksOf(fn.values.snap_start);
  const runtime = typeof fn.values.runtime === "string" ? fn.values.runtime : "";
  if (config?.apply_on !== "PublishedVersions" || !paysForSnapshots(runtime)) return [];
  const gigabytes = gigabytesOfMemory(fn);
  const restores = requests * assumed.restoredShare;
  return [
    ...charge(
      "lambda.snapstart.cache",
      gigabytes * hoursPerMonth * 3600,
      `the snapshot of one version x ${shown(gigabytes)} GB x ${hoursPerMonth} h`,
    ),
    ...charge(
      "lambda.snapstart.restore",
      restores * gigabytes,
      `${shown(restores)} restores, ${assumed.restoredShare * 100} % of the requests, x ${shown(gigabytes)} GB`,
    ),
  ];
}

/** Whether CloudFront runs it. */
const isAtEdge = (fn: PricedResource, { resources }: PricingContext): boolean =>
  resources.some(
    ({ type, stack, values }) =>
      type === "aws_cloudfront_distribution" &&
      stack === fn.stack &&
      JSON.stringify(values).includes(`\${aws_lambda_function.${fn.name}.`),
  );

function edgeFunction(fn: PricedResource, at: PricingContext): Charge[] {
  const requests = fn.service === undefined ? 0 : at.requests(fn.service, at.servingRegion);
  const gigabytes = gigabytesOfMemory(fn);
  const how = `${shown(requests)} requests to the origin`;
  return [
    ...charge("lambda-edge.requests", requests, how, null),
    ...charge(
      "lambda-edge.duration",
      (requests * assumed.shortRunMs * gigabytes) / 1000,
      `${how} x ${assumed.shortRunMs} ms x ${shown(gigabytes)} GB`,
      null,
    ),
  ];
}

function serviceFunction(fn: PricedResource, at: PricingContext): readonly Charge[] {
  if (isAtEdge(fn, at)) return edgeFunction(fn, at);
  const service = serviceOf(fn, at, "function");
  const { region } = fn;
  if (!service?.traffic || region === undefined || fn.path[2] !== "function") return snapshots(fn, 0);
  const requests = at.requests(service.name, region);
  const { averageDurationMs, perRequest } = service.traffic;
  const provisioned = provisionedUse(at, service, region);
  const onDemand = requests * (provisioned ? provisioned.spilledShare : 1);
  const gigabytes = gigabytesOfMemory(fn);
  const traced = Math.min(requests, assumed.tracedPerSecond * secondsPerMonth);
  const isTraced = blocksOf(fn.values.tracing_config).some(({ mode }) => mode === "Active");
  const byKms = service.encryption !== undefined && at.config.keyManagement.provider === "kms";
  return [
    ...charge("lambda.requests", requests, `${shown(requests)} requests`),
    ...charge(
      `lambda.${architectureOf(fn)}`,
      (onDemand * averageDurationMs * gigabytes) / 1000,
      `${shown(onDemand)} requests x ${averageDurationMs} ms x ${shown(gigabytes)} GB`,
    ),
    ...snapshots(fn, requests),
    ...(isTraced
      ? charge(
          "xray.traces",
          traced + (requests - traced) * assumed.tracedShare,
          `${assumed.tracedPerSecond} request a second and ${assumed.tracedShare * 100} % of the others`,
        )
      : []),
    ...(byKms
      ? charge(
          "kms.requests",
          requests * perRequest.kmsRequests,
          `${shown(requests)} requests x ${perRequest.kmsRequests}`,
        )
      : []),
  ];
}

function keptEnvironments(config: PricedResource, at: PricingContext): readonly Charge[] {
  const fn = at.referred(config, config.values.function_name);
  if (!fn) return [];
  const gigabytes = gigabytesOfMemory(fn);
  const architecture = architectureOf(fn);
  const service = serviceOf(fn, at, "function");
  const use = service && fn.region !== undefined ? provisionedUse(at, service, fn.region) : undefined;
  if (!service || !use || fn.region === undefined) {
    const units = numberOf(config.values.provisioned_concurrent_executions);
    return charge(
      `lambda.${architecture}.provisioned`,
      units * hoursPerMonth * 3600 * gigabytes,
      `${units} environments x ${shown(gigabytes)} GB x ${hoursPerMonth} h`,
    );
  }
  const ms = service.traffic?.averageDurationMs ?? 0;
  const inside = at.requests(service.name, fn.region) * (1 - use.spilledShare);
  return [
    ...charge(
      `lambda.${architecture}.provisioned`,
      use.unitHours * 3600 * gigabytes,
      `${shown(use.unitHours / hoursPerMonth)} environments on average x ${shown(gigabytes)} GB x ${hoursPerMonth} h`,
    ),
    ...charge(
      `lambda.${architecture}.provisioned-duration`,
      (inside * ms * gigabytes) / 1000,
      `${shown(inside)} requests in provisioned environments x ${ms} ms x ${shown(gigabytes)} GB`,
    ),
  ];
}

/** Lambda polls a queue all the time, also where there is no message. */
function eventSourceMapping(mapping: PricedResource, at: PricingContext): readonly Charge[] {
  const { event_source_arn: source } = mapping.values;
  const queue = at.referred(mapping, source);
  const isQueue = queue ? queue.type === "aws_sqs_queue" : /sqs/.test(JSON.stringify(source ?? ""));
  const price = queue?.values.fifo_queue === true ? "sqs.fifo" : "sqs.standard";
  const polls = (assumed.pollers * secondsPerMonth) / assumed.pollSeconds;
  return isQueue
    ? charge(price, polls, `${assumed.pollers} pollers of an empty queue, every ${assumed.pollSeconds} s each`)
    : [];
}

export const lambda: Pricings = {
  aws_lambda_function: serviceFunction,
  aws_lambda_provisioned_concurrency_config: keptEnvironments,
  aws_lambda_event_source_mapping: eventSourceMapping,
  aws_lambda_alias: free,
  aws_lambda_code_signing_config: free,
  aws_lambda_function_event_invoke_config: free,
  aws_lambda_function_recursion_config: free,
  // A second of a small function for each deployment with new migrations.
  aws_lambda_invocation: free,
  aws_lambda_layer_version: free,
  aws_lambda_layer_version_permission: free,
  aws_lambda_permission: free,
  aws_lambda_runtime_management_config: free,
  aws_appautoscaling_policy: free,
  aws_appautoscaling_scheduled_action: free,
  aws_appautoscaling_target: free,
};
