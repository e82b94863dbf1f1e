import type { BaseEnvironment, EnabledCapabilities, Rule, Service } from "../../contract";
import {
  type AccountQuota,
  accountQuotas,
  defaultQuota,
  type HardLimit,
  hardLimits,
  type Quota,
  quotaIn,
  type StatedQuotas,
} from "../../values/quotas";

import { endpointsOfContainers, fargateVcpusOf } from "./containers";

/** How much a part of an environment uses of something. */
interface Use {
  readonly path: readonly PropertyKey[];
  readonly count: number;
}

type Counts<T extends string> = Readonly<
  Record<T, (environment: BaseEnvironment, comes: EnabledCapabilities["comes"]) => readonly Use[]>
>;

const perApi = (count: (api: NonNullable<BaseEnvironment["services"][number]["api"]>) => number, field: string) =>
  (({ services }) =>
    services.flatMap(({ api }, index) =>
      api ? [{ path: ["services", index, "api", field], count: count(api) }] : [],
    )) satisfies Counts<string>[string];

const withDomain = ({ services }: BaseEnvironment) => services.filter(({ api }) => api?.domainName);
const withProxy = ({ databases }: BaseEnvironment) => databases.filter(({ pgbouncer }) => !pgbouncer);
const inContainers = ({ containers }: BaseEnvironment) => containers.length;
const createdVpcs = ({ databases }: BaseEnvironment) => databases.filter(({ network }) => !network.existing);

/** The toolkit's own rules of a bus with an endpoint: the heartbeat's, and the one that EventBridge replicates by. */
const rulesOfEndpoint = 2;

/** Health checks of an API's domain in each region: its endpoint, its switch, and both together; without the endpoint where it asks for certificates. */
const checksOfDomain = 3;

/** Custom domains of an API in a region once DNS fails over: the one that all regions share, and that of the region. */
const domainsWithFailover = 2;

/** What a stage lets through: the highest limit that one of its routes has. */
const stageRate = ({ routes, throttle }: NonNullable<Service["api"]>): number =>
  Math.max(throttle.rateLimit, ...Object.values(routes).map((route) => route.throttle?.rateLimit ?? 0));

/**
 * What counts of what a file decides alone, in each region where it is in several. Standby regions have no more of anything than the
 * home region. `evenkeel quotas` counts the rest, in what is synthesized.
 */
const uses = {
  tables: ({ tables }) => [{ path: ["tables"], count: tables.length }],
  eventBuses: ({ eventBuses }) => [{ path: ["eventBuses"], count: eventBuses.length }],
  rulesPerBus: ({ eventBuses, services, queues }, comes) =>
    eventBuses.map(({ name }, index) => {
      const subscribed = [...services, ...queues].flatMap(({ subscriptions }) =>
        Object.values(subscriptions).filter(({ bus }) => bus === name),
      );
      return {
        path: ["eventBuses", index],
        count: subscribed.length + (comes("replicatedEvents") ? rulesOfEndpoint : 0),
      };
    }),
  routesPerApi: perApi(({ routes }) => Object.keys(routes).length, "routes"),
  authorizersPerApi: perApi(
    ({ authorizers, lambdaAuthorizers }) => Object.keys({ ...authorizers, ...lambdaAuthorizers }).length,
    "authorizers",
  ),
  apiDomains: (environment, comes) => [
    { path: ["services"], count: withDomain(environment).length * (comes("dnsFailover") ? domainsWithFailover : 1) },
  ],
  healthChecks: (environment, comes) => {
    const { eventBuses, regions } = environment;
    const checks = ({ api, dns }: Service) => checksOfDomain - (api?.mutualTls ? 1 : 0) + (dns.alarmCheck ? 1 : 0);
    const inEach = withDomain(environment).reduce((sum, service) => sum + checks(service), 0);
    const all = inEach + checksOfDomain * inContainers(environment);
    const ofDomains = comes("dnsFailover") ? all * (1 + regions.standby.length) : 0;
    return [{ path: ["services"], count: ofDomains + (comes("replicatedEvents") ? eventBuses.length : 0) }];
  },
  distributions: ({ services }) => [{ path: ["services"], count: services.filter(({ edge }) => edge).length }],
  vpcs: (environment) => [
    {
      path: ["databases"],
      count: createdVpcs(environment).length + (environment.containerNetwork?.cidrBlock === undefined ? 0 : 1),
    },
  ],
  endpointsPerVpc: (environment) => [
    { path: ["containerNetwork", "interfaceEndpoints"], count: endpointsOfContainers(environment) },
  ],
  fargateVcpus: (environment) => [{ path: ["containers"], count: fargateVcpusOf(environment) }],
  loadBalancers: (environment) => [{ path: ["containers"], count: inContainers(environment) }],
  targetGroups: (environment) => [{ path: ["containers"], count: inContainers(environment) }],
  databaseClusters: ({ databases }) => [{ path: ["databases"], count: databases.length }],
  databaseInstances: ({ databases }) => [
    {
      path: ["databases"],
      count: databases.reduce(
        (sum, { cluster: { instances } }) => sum + Math.max(instances.home, instances.standby),
        0,
      ),
    },
  ],
  databaseProxies: (environment, comes) =>
    comes("databaseProxy") ? [{ path: ["databases"], count: withProxy(environment).length }] : [],
  apiRequestsPerSecond: ({ services }) => {
    const rates = services.map(({ api }) => (api ? stageRate(api) : 0));
    const largest = rates.indexOf(Math.max(0, ...rates));
    return [
      {
        path: ["services", Math.max(0, largest), "api", "throttle", "rateLimit"],
        count: rates.reduce((sum, rate) => sum + rate, 0),
      },
    ];
  },
} as const satisfies Partial<Counts<AccountQuota>>;

const limited: Counts<HardLimit> = {
  audiencesPerAuthorizer: ({ services }) =>
    services.flatMap(({ api }, index) =>
      Object.entries(api?.authorizers ?? {}).map(([name, { audience }]) => ({
        path: ["services", index, "api", "authorizers", name, "audience"],
        count: audience.length,
      })),
    ),
  scopesPerRoute: ({ services }) =>
    services.flatMap(({ api }, index) =>
      Object.entries(api?.routes ?? {}).map(([route, { scopes }]) => ({
        path: ["services", index, "api", "routes", route, "scopes"],
        count: scopes?.length ?? 0,
      })),
    ),
  scheduledActions: ({ services }) =>
    services.map((service, index) => ({
      path: ["services", index, "function", "provisionedConcurrency", "schedules"],
      count: service.function.provisionedConcurrency?.schedules.length ?? 0,
    })),
};

const keys = <T extends string>(record: Readonly<Record<T, unknown>>): T[] => Object.keys(record) as T[];

export const quotaRules: readonly Rule[] = [
  {
    id: "the-environment-fits-the-account",
    statement: "The environment alone, with all of its stages, does not exceed a quota of its account.",
    check(environment, report, { comes }) {
      const { quotas, regions } = environment;
      for (const name of keys(uses)) {
        const { what, per, scope }: Quota = accountQuotas[name];
        const places = scope === "region" ? [regions.home, ...regions.standby] : [regions.home];
        for (const { path, count } of uses[name](environment, comes)) {
          const short = places.find((region) => count > quotaIn(quotas, name, region));
          if (short === undefined) continue;
          const quota = quotaIn(quotas, name, short);
          const { inRegions }: StatedQuotas = quotas;
          const own = inRegions?.[short]?.[name] !== undefined;
          const field = own ? `quotas.inRegions.${short}.${name}` : `quotas.${name}`;
          const standby = short === regions.home ? "" : `, and ${short} has to carry them when it takes over`;
          const of =
            quotas[name] === undefined && !own
              ? `${defaultQuota(name, short)} that AWS gives in ${short}`
              : `${quota} of ${field}`;
          report(
            [...path],
            `needs ${count} ${what} ${per}${standby}, above the ${of}; use fewer, or have AWS raise the quota and then raise ${field}`,
          );
        }
      }
    },
  },
  {
    id: "quotas-are-of-regions-of-the-environment",
    statement: "Quotas of single regions are of regions that the environment has.",
    check({ quotas, regions }, report) {
      const known: readonly string[] = [regions.home, ...regions.standby, ...regions.leaving, "us-east-1"];
      for (const region of Object.keys(quotas.inRegions)) {
        if (known.includes(region)) continue;
        report(["quotas", "inRegions", region], "is not a region of this environment; remove it, or correct the name");
      }
    },
  },
  {
    id: "the-environment-fits-the-limits",
    statement: "No list is longer than AWS allows anybody.",
    check(environment, report, { comes }) {
      for (const name of keys(limited)) {
        const { what, per, most } = hardLimits[name];
        for (const { path, count } of limited[name](environment, comes)) {
          if (count > most)
            report([...path], `has ${count} ${what}, above the ${most} ${per} that AWS allows; use at most ${most}`);
        }
      }
    },
  },
];
