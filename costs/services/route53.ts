import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { secondsPerMonth } from "../month";
import { assumed, shown } from "../use";
import { runsOf } from "./lambda";
import { charge, free, hourly, numberOf } from "./parts";

/** Options of a check that are charged each: HTTPS, a text that is looked for, 10 seconds, a measured latency. */
function optionsOf({ type, request_interval, measure_latency }: Readonly<Record<string, unknown>>): number {
  const kind = String(type);
  return [
    kind.startsWith("HTTPS"),
    kind.endsWith("STR_MATCH"),
    numberOf(request_interval, 30) === 10,
    measure_latency === true,
  ].filter(Boolean).length;
}

/** Calls of the checkers to an API of the environment, and to the function behind it. */
function calls(check: PricedResource, at: PricingContext): Charge[] {
  const { service, region, values } = check;
  if (service === undefined || !/^HTTPS?/.test(String(values.type))) return [];
  const seconds = (assumed.checkEverySeconds * numberOf(values.request_interval, 30)) / 30;
  const requests = secondsPerMonth / seconds;
  const fn = at.resources.find(
    (one) =>
      one.type === "aws_lambda_function" &&
      one.service === service &&
      one.region === region &&
      one.path[1] === "function" &&
      one.path[2] === "function",
  );
  return [
    ...charge("api-gateway.http", requests, `${shown(requests)} calls of the checkers`),
    ...(fn ? runsOf(fn, requests, assumed.shortRunMs) : []),
  ];
}

function healthCheck(check: PricedResource, at: PricingContext): readonly Charge[] {
  const options = optionsOf(check.values);
  return [
    ...charge("route53.checks", 1, "1 check", null),
    ...charge("route53.check-options", options, `${options} option${options === 1 ? "" : "s"}`, null),
    ...calls(check, at),
  ];
}

export const route53: Pricings = {
  aws_route53_health_check: healthCheck,
  aws_route53_record: free,
  aws_route53_zone: () => charge("route53.zones", 1, "1 zone", null),
  aws_route53recoverycontrolconfig_cluster: () =>
    hourly("recovery-controller.clusters", 1, "cluster").map((one) => ({ ...one, region: null })),
  aws_route53recoverycontrolconfig_control_panel: free,
  aws_route53recoverycontrolconfig_routing_control: free,
  aws_route53recoverycontrolconfig_safety_rule: free,
};
