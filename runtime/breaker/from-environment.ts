import { onDemand } from "../aws/on-demand.js";
import { oneOf, string } from "../environment/environment.js";
import type { Logger } from "../observability/logger.js";
import { within } from "../resilience/deadline.js";
import { Settings } from "../settings/settings.js";
import { parameterStoreSource } from "../settings/settings-source.js";
import type { BreakerStore } from "./breaker-store.js";
import { type BreakerMode, CircuitBreaker } from "./circuit-breaker.js";
import type { Dependency } from "./dependency.js";
import { RegionalBreakers } from "./regional-breakers.js";
import { breakerReporter } from "./reporter.js";

/** The variables that a function needs for breakers; those that the toolkit sets are optional, so that a function also runs without them. */
export const breakerVariables = {
  AWS_REGION: string(),
  ENVIRONMENT: string().default(""),
  CIRCUIT_BREAKERS_TABLE_NAME: string().default(""),
  CIRCUIT_BREAKERS_PATH: string().default(""),
};

/** The values of {@link breakerVariables}. */
export interface BreakerEnvironment {
  readonly AWS_REGION: string;
  readonly ENVIRONMENT: string;
  readonly CIRCUIT_BREAKERS_TABLE_NAME: string;
  readonly CIRCUIT_BREAKERS_PATH: string;
}

/** What the breakers of a dependency need besides the environment. */
export interface DependencyOptions {
  readonly logger: Logger;
  /** Whether an error says that the dependency fails; every error does by default. */
  readonly isFailure?: (error: unknown) => boolean;
}

/** The longest that the first call waits for the settings, in milliseconds. */
const firstReadMs = 200;
const modes = ["automatic", "open", "closed"] as const satisfies readonly BreakerMode[];

/**
 * The breakers of a dependency, one for each of its endpoints; create them at module scope. What is shared, and whether somebody forces one, is read
 * during the cold start. Without the variables of the toolkit each execution environment has breakers of its own.
 */
export function dependencyFromEnvironment(
  environment: BreakerEnvironment,
  { name, endpoints, ...rules }: Dependency,
  { logger, isFailure }: DependencyOptions,
): RegionalBreakers {
  const { AWS_REGION: region, CIRCUIT_BREAKERS_PATH: path, CIRCUIT_BREAKERS_TABLE_NAME: tableName } = environment;
  const declared = Object.entries(endpoints).map(([where, url]) => ({ region: where, url }));
  const places = declared.length > 0 ? declared : [{ region, url: undefined }];
  // The function's own region is asked first.
  places.sort((one, other) => Number(other.region === region) - Number(one.region === region));
  const store = tableName ? storeOnDemand(tableName, region) : undefined;
  const settings = path
    ? new Settings({
        source: parameterStoreSource({ path, region }),
        settings: Object.fromEntries(
          places.map((place) => [`${name}.${place.region}`, oneOf(...modes).default("automatic")]),
        ),
        onProblem: (error) => logger.warn("circuit breakers stay switched as they were", error),
      })
    : undefined;
  // Lambda gives a cold start its processor; the first call waits for what is not known by then, but not for long.
  const switched = settings && within(firstReadMs, settings.load(), "").catch(() => undefined);
  const onReport = breakerReporter({ environment: environment.ENVIRONMENT, logger });
  const breakers = new RegionalBreakers(
    places.map((place) => ({
      ...place,
      breaker: new CircuitBreaker({
        dependency: name,
        region: place.region,
        ...rules,
        isFailure,
        store,
        mode:
          settings &&
          (async () => {
            await switched;
            return await settings.get(`${name}.${place.region}`);
          }),
        onReport,
      }),
    })),
    name,
  );
  void breakers.load();
  return breakers;
}

/** The store, whose client is loaded when it is first asked. */
function storeOnDemand(tableName: string, region: string): BreakerStore {
  const loaded = onDemand(async () => (await import("./dynamodb-store.js")).createBreakerStore({ tableName, region }));
  return {
    read: async (breaker) => (await loaded()).read(breaker),
    open: async (...all) => (await loaded()).open(...all),
    elect: async (...all) => (await loaded()).elect(...all),
    close: async (...all) => (await loaded()).close(...all),
    reopen: async (...all) => (await loaded()).reopen(...all),
  };
}
