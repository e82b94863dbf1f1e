import { type BaseEnvironment, type EnabledCapabilities, recoveryRows, type Service } from "../../config";
import type { EnabledAtStage } from "../../config/stages";
import { type LoadRequest, shareOf } from "./requests";

/** What an environment says of one service that a load test is made from; rates in requests per second. */
export interface ServiceLimits {
  readonly service: string;
  /** Executions at the same time that the function may have, and whether they are reserved for it. */
  readonly concurrency: number;
  readonly reserved: boolean;
  /** Requests that so many executions answer, and at most ten for each of them, as Lambda counts. */
  readonly concurrencyRate: number;
  /** Requests that the API lets through, by the throttling of the routes that the test calls. */
  readonly throttleRate: number;
  /** The longest that a caller waits for an answer, in milliseconds. */
  readonly timeoutMs: number;
  /** 99th percentile of answers above which the environment has an alarm, in milliseconds. */
  readonly latencyMs: number;
  /** Percentage of answers with a 5xx status above which it has an alarm. */
  readonly errorPercent: number;
  /** Seconds after which a standby region has to answer; undefined where no region takes over for callers. */
  readonly recoverySeconds?: number;
  /** The name that callers use, which follows a failover. */
  readonly url?: string;
  /** The parameter that switches faults of its dependencies, if the environment has one. */
  readonly faultsParameter?: string;
}

/** Lambda starts at most so many requests per second for each execution that may run. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const requestsPerExecution = 10;

/** What of the environment its limits depend on. */
export interface LimitsOptions {
  readonly environment: BaseEnvironment;
  readonly enabled: EnabledAtStage;
  /** Whether standby regions serve. */
  readonly standbyServes: boolean;
  /** The mean time that a request takes, in milliseconds. */
  readonly requestMs: number;
}

/** The limits of one service that has an API, for the requests that a test makes. */
export function limitsOf(
  service: Service & { readonly api: NonNullable<Service["api"]> },
  requests: readonly LoadRequest[],
  { environment, enabled, standbyServes, requestMs }: LimitsOptions,
): ServiceLimits {
  const { api } = service;
  const concurrency = service.function.reservedConcurrency ?? unreserved(environment);
  const perExecution = Math.min(requestsPerExecution, 1000 / requestMs);
  return {
    service: service.name,
    concurrency,
    reserved: service.function.reservedConcurrency !== null,
    concurrencyRate: concurrency * perExecution,
    throttleRate: throttleRate(api, requests),
    timeoutMs: Math.min(api.timeoutMs, service.function.timeoutSeconds * 1000),
    latencyMs: api.alarms.latencyMs,
    errorPercent: api.alarms.serverErrorPercent,
    recoverySeconds: standbyServes ? recoverySeconds(service, environment, enabled) : undefined,
    url: urlOf(service),
    faultsParameter: faultsParameter(service, environment, enabled),
  };
}

/** What is left for functions that reserve nothing, in the account's quota for a region. */
function unreserved({ quotas, services }: BaseEnvironment): number {
  const reserved = services.reduce((sum, service) => sum + (service.function.reservedConcurrency ?? 0), 0);
  return Math.max(1, quotas.lambdaConcurrentExecutions - reserved);
}

/** Each route has a limit of its own, so the one that the mix reaches first is that of the whole. */
function throttleRate({ routes, throttle }: NonNullable<Service["api"]>, requests: readonly LoadRequest[]): number {
  const asked = new Set(requests.map(({ route }) => route));
  const rates = [...asked].map((route) => {
    const { rateLimit } = routes[route]?.throttle ?? throttle;
    return rateLimit / shareOf(route, requests);
  });
  return Math.min(...rates);
}

/** Only names fail over for callers; by the objective where there is one, else as it is calculated. */
function recoverySeconds(
  service: Service,
  environment: BaseEnvironment,
  enabled: EnabledCapabilities,
): number | undefined {
  if (!service.api?.domainName && !service.edge) return undefined;
  if (service.recovery) return service.recovery.recoveryTimeSeconds;
  const rows = recoveryRows(service, environment, enabled).map((row) => row.recoveryTimeSeconds);
  return rows.length === 0 ? undefined : Math.max(...rows);
}

function urlOf({ api, edge }: Service): string | undefined {
  const name = api?.domainName ?? edge?.distribution.aliases[0];
  return name === undefined ? undefined : `https://${name}`;
}

/** The field is that of a capability, which builds the parameter where it is enabled. */
function faultsParameter(
  service: Service & { readonly chaos?: unknown },
  { name }: BaseEnvironment,
  { capabilities }: EnabledAtStage,
): string | undefined {
  const isBuilt = capabilities.some(({ fields }) => fields?.service !== undefined && "chaos" in fields.service);
  if (!service.chaos || !isBuilt) return undefined;
  return `/${name}/${service.name}/chaos/faults`;
}
