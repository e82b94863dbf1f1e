import { sizedServices } from "../config/traffic";
import type { BaseEnvironment, PricingContext, Service } from "../contract";
import { hoursPerWeek } from "../modules/service-traffic";
import { hoursPerMonth } from "../values/prices";

/** What is reckoned with where neither the environment's file nor what is deployed says it. */
export const assumed = {
  /** Gigabytes of a table or a database that `costs` does not name. */
  gigabytes: 1,
  /** What CloudWatch keeps of a gigabyte that it took in, as the AWS Pricing Calculator has it. */
  compressedLogs: 0.15,
  /** Months that logs and events are kept that never expire. */
  foreverMonths: 12,
  /** X-Ray's default rule: so many requests of each second, and this share of the others. */
  tracedPerSecond: 1,
  tracedShare: 0.05,
  /** Milliseconds of one run of a function that a schedule starts. */
  scheduledRunMs: 200,
  /** Share of requests that meet an environment which is restored from a snapshot first. */
  restoredShare: 0.01,
  /** Milliseconds of an answer to a health check, and of an edge function. */
  shortRunMs: 5,
  /** Seconds between two calls of all health checkers together, for one that looks every 30 seconds. */
  checkEverySeconds: 2,
  /** Calls of Lambda to an empty queue: five pollers that wait for 20 seconds. */
  pollers: 5,
  pollSeconds: 20,
  /** Requests that a message makes: to send, receive and delete it. */
  requestsPerMessage: 3,
  /** Aurora capacity units, or vCPUs, that a proxy is charged for at least. */
  proxyAcus: 8,
  proxyVcpus: 2,
} as const;

/** Services of an environment whose traffic is stated, and can be read. */
export const withTraffic = (config: BaseEnvironment) => sizedServices(config);

/** Requests of a month on average, by the stated traffic; 0 where none is stated. */
export function monthlyRequests(config: BaseEnvironment, service: string): number {
  const sized = withTraffic(config).find(({ service: { name } }) => name === service);
  return sized ? (sized.week.requests * hoursPerMonth) / hoursPerWeek : 0;
}

type PerRequest = NonNullable<Service["traffic"]>["perRequest"];

/** What services that use something do to it in a month, in the region that serves: a sum over their requests. */
export function sumOf(
  { config, servingRegion, requests }: PricingContext,
  uses: (service: Service) => boolean,
  each: (perRequest: PerRequest) => number,
): number {
  return config.services.reduce(
    (sum, service) =>
      service.traffic && uses(service)
        ? sum + requests(service.name, servingRegion) * each(service.traffic.perRequest)
        : sum,
    0,
  );
}

/** Whole units of a size, at least one. */
export const unitsOf = (size: number, unit: number): number => Math.max(1, Math.ceil(size / unit));

/** Gigabytes of so many kilobytes. */
export const gigabytesOf = (kilobytes: number): number => kilobytes / 1024 / 1024;

/** A number as texts have it: `1,234,567`, `0.25`. */
export const shown = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 4 : 0 });
