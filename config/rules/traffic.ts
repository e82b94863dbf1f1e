import { type BaseEnvironment, functionIn, type Rule, type Service } from "../../contract";
import type { Report } from "../../modules/core";
import {
  executionsFor,
  hoursOf,
  keptWarm,
  percent,
  serviceTrafficConfig,
  TrafficFileError,
} from "../../modules/service-traffic";
import { lambdaConcurrency, type StatedQuotas } from "../../values/quotas";
import { regionsOfTraffic, type SizedService, sizedServices } from "../traffic";

const filesCanBeRead: Rule = {
  id: "traffic-files-can-be-read",
  statement: "A file that states the traffic of a service is there, and has what it says.",
  knowsRegions: true,
  check({ services }, report) {
    services.forEach(({ traffic }, index) => {
      const parsed = serviceTrafficConfig.safeParse(traffic);
      if (!parsed.success) return;
      try {
        hoursOf(parsed.data);
      } catch (error) {
        if (!(error instanceof TrafficFileError)) throw error;
        report(["services", index, "traffic", "requestsPerSecond"], error.message);
      }
    });
  },
};

const requestsEnd: Rule = {
  id: "requests-end-in-time",
  statement:
    "Requests of the stated duration end before the function's timeout, and come through the throttle of the API.",
  knowsRegions: true,
  check(environment, report) {
    for (const { service, index, traffic, week } of sizedServices(environment)) {
      const { timeoutSeconds } = service.function;
      const at = ["services", index];
      if (traffic.averageDurationMs >= timeoutSeconds * 1000) {
        report(
          [...at, "traffic", "averageDurationMs"],
          `is not below the function's timeout of ${timeoutSeconds} s; raise function.timeoutSeconds, or correct the duration`,
        );
      }
      const allowed = throttleOf(service);
      if (allowed < week.peak) {
        report(
          [...at, "api", "throttle", "rateLimit"],
          `lets ${allowed} requests a second through, below the ${rounded(week.peak)} at the peak of traffic; raise it, or lower traffic.peakFactor`,
        );
      }
    }
  },
};

/** Requests a second that the API lets through: of all routes together, where a route has its own limit. */
function throttleOf({ api }: Service): number {
  if (!api) return Number.POSITIVE_INFINITY;
  const routes = Object.values(api.routes ?? {});
  const own = routes.map(({ throttle }) => throttle?.rateLimit);
  const shared = own.some((limit) => limit === undefined) || routes.length === 0 ? api.throttle.rateLimit : 0;
  return own.reduce<number>((sum, limit) => sum + (limit ?? 0), shared);
}

const reservationsHold: Rule = {
  id: "reservations-hold-the-traffic",
  statement:
    "What a function reserves is enough for the peak of its traffic in the region that serves, and for the share that each standby region takes over.",
  knowsRegions: true,
  check(environment, report, enabled) {
    const regions = regionsOfTraffic(environment, enabled);
    for (const sized of sizedServices(environment)) {
      const told = new Set<string>();
      for (const [order, region] of regions.entries()) {
        const { reservedConcurrency: reserved, warming } = functionIn(sized.service, region);
        const needed = executionsIn(sized, order === 0) + (warming?.concurrency ?? 0);
        // 0 stops a function on purpose.
        if (typeof reserved !== "number" || reserved === 0 || !(reserved < needed)) continue;
        const at = placeOf(sized, region, "reservedConcurrency");
        if (told.has(at.join("."))) continue;
        told.add(at.join("."));
        report(
          at,
          `is below the ${needed} executions at once that traffic needs at its peak${order === 0 ? "" : ` once ${region} takes over`} (${madeOf(sized, order === 0)}${warming ? `, and ${warming.concurrency} calls of the warmer` : ""}): ${needed - reserved} are missing, and requests are refused; reserve at least ${needed}${order === 0 ? "" : ", or lower traffic.failoverShare"}`,
        );
      }
    }
  },
};

const provisionedHold: Rule = {
  id: "provisioned-environments-hold-the-objective",
  statement:
    "Provisioned concurrency reaches as many environments as the latency objective needs with the stated traffic.",
  knowsRegions: true,
  check(environment, report, enabled) {
    const [serving = ""] = regionsOfTraffic(environment, enabled);
    for (const sized of sizedServices(environment)) {
      const { week } = sized;
      const { kind, environments, field } = keptWarm(functionIn(sized.service, serving));
      if (kind !== "provisioned" || field === undefined) continue;
      const cold = week.coldByHour(environments);
      if (week.meets(cold)) continue;
      const needed = week.fewestWarm(Number.POSITIVE_INFINITY) ?? environments;
      report(
        [...placeOf(sized, serving, field), "max"],
        `is too low for the latency objective: with ${environments} environments ${percent(week.coldShare(cold))} of the requests meet a cold start, where ${percent(week.allowedColdShare)} may; use at least ${needed}, or change traffic.latency`,
      );
    }
  },
};

const regionsHaveRoom: Rule = {
  id: "regions-have-room-for-the-traffic",
  statement:
    "The account's concurrent executions in each region hold what its functions reserve, and the traffic of the others, in standby regions after a failover.",
  knowsRegions: true,
  check(environment, report, enabled) {
    const regions = regionsOfTraffic(environment, enabled);
    const sized = new Map(sizedServices(environment).map((one) => [one.index, one]));
    const { inRegions }: StatedQuotas = environment.quotas;
    for (const [order, region] of regions.entries()) {
      checkRoom(
        environment,
        { region, serves: order === 0, quota: inRegions?.[region]?.lambdaConcurrentExecutions },
        sized,
        report,
      );
    }
  },
};

interface Room {
  readonly region: string;
  readonly serves: boolean;
  /** Of this region, if the environment states one. */
  readonly quota: number | undefined;
}

function checkRoom(
  { services, quotas }: BaseEnvironment,
  { region, serves, quota: own }: Room,
  sized: ReadonlyMap<number, SizedService>,
  report: Report,
): void {
  const quota = own ?? quotas?.lambdaConcurrentExecutions;
  const at = ["quotas", ...(own === undefined ? [] : ["inRegions", region]), "lambdaConcurrentExecutions"];
  let [reserved, pooled] = [0, 0];
  for (const [index, service] of services.entries()) {
    const fn = functionIn(service, region);
    const one = sized.get(index);
    if (typeof fn.reservedConcurrency === "number") reserved += fn.reservedConcurrency;
    else {
      const { kind, environments } = keptWarm(fn);
      pooled += Math.max(kind === "provisioned" ? environments : 0, one ? executionsIn(one, serves) : 0);
    }
  }
  const { unreservable } = lambdaConcurrency;
  // Of the quota that all regions share, a rule of the account says so already.
  const needed = own !== undefined && reserved > 0 ? reserved + Math.max(pooled, unreservable) : reserved + pooled;
  if (!(needed > quota) || (own === undefined && pooled === 0)) return;
  report(
    at,
    `is ${needed - quota} below the ${needed} executions at once that the services need in ${region}${serves ? "" : " when it takes over"}: ${reserved} reserved, and ${pooled} at the peak of the others${reserved + pooled < needed ? `, of which AWS keeps ${unreservable} unreserved` : ""}; have AWS raise the quota there and then raise ${at.join(".")}, or ${serves ? "reserve less" : "lower traffic.failoverShare"}`,
  );
}

/** Executions at once at the peak: of all of the traffic, or of what a standby region has to take over. */
function executionsIn({ traffic, week }: SizedService, serves: boolean): number {
  return executionsFor(week.peak * (serves ? 1 : traffic.failoverShare), traffic.averageDurationMs);
}

function madeOf({ traffic, week }: SizedService, serves: boolean): string {
  const share = serves || traffic.failoverShare === 1 ? "" : `${percent(traffic.failoverShare)} of `;
  return `${share}${rounded(week.peak)} requests/s of ${traffic.averageDurationMs} ms`;
}

const rounded = (value: number): number => Number(value.toPrecision(3));

/** Where a field of a service's function stands: at the region that differs, or for all of them. */
function placeOf({ service, index }: SizedService, region: string, field: string) {
  const own = (service.regions as Readonly<Record<string, { readonly function: object } | undefined>>)?.[region]
    ?.function;
  const there = own !== undefined && field in own && (own as Record<string, unknown>)[field] !== undefined;
  return ["services", index, ...(there ? ["regions", region] : []), "function", field];
}

export const trafficRules: readonly Rule[] = [
  filesCanBeRead,
  requestsEnd,
  reservationsHold,
  provisionedHold,
  regionsHaveRoom,
];
