import { defineEnvironment, type EnvironmentInput } from "../../config";
import { assumptionsOf } from "../../config/assumptions";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import { ConfigError } from "../../modules/core";
import { type AccountQuota, accountQuotas, type HardLimit, hardLimits } from "../../values/quotas";

// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
type Loose = any;

function mistakes(change: (input: Loose) => void): string[] {
  const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
  change(input);
  try {
    defineEnvironment(input as EnvironmentInput).resolve();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
}

/** What prod uses of each quota, and where that is said. */
const uses: Readonly<Partial<Record<AccountQuota, readonly [path: string, count: number]>>> = {
  // 1,000 of orders, 200 of ledger, 500 of storefront, 200 of quotes, 200 of stock.
  apiRequestsPerSecond: ["services[0].api.throttle.rateLimit", 2100],
  tables: ["tables", 3],
  eventBuses: ["eventBuses", 1],
  // Of shipments and of the queue, the heartbeat, and the one that replicates.
  rulesPerBus: ["eventBuses[0]", 4],
  routesPerApi: ["services[0].api.routes", 4],
  authorizersPerApi: ["services[0].api.authorizers", 1],
  // orders, ledger, quotes and stock, each with the name of all regions and that of the region.
  apiDomains: ["services", 8],
  // With those of the container.
  healthChecks: ["services", 31],
  distributions: ["services", 1],
  vpcs: ["databases", 3],
  // ecr.api, ecr.dkr and logs.
  endpointsPerVpc: ["containerNetwork.interfaceEndpoints", 3],
  // Four tasks of a quarter, twice while they are replaced.
  fargateVcpus: ["containers", 2],
  loadBalancers: ["containers", 1],
  targetGroups: ["containers", 1],
  databaseClusters: ["databases", 2],
  databaseInstances: ["databases", 4],
  databaseProxies: ["databases", 2],
};

/** Puts more into a list than AWS allows. */
const overfill: Readonly<Record<HardLimit, readonly [path: string, fill: (input: Loose, count: number) => void]>> = {
  audiencesPerAuthorizer: [
    "services[0].api.authorizers.customers.audience",
    (input, count) => {
      input.services[0].api.authorizers.customers.audience = Array.from({ length: count }, (_, at) => `audience-${at}`);
    },
  ],
  scopesPerRoute: [
    "services[0].api.routes.POST /orders.scopes",
    (input, count) => {
      input.services[0].api.routes["POST /orders"].scopes = Array.from({ length: count }, (_, at) => `scope-${at}`);
    },
  ],
  scheduledActions: [
    "services[0].function.provisionedConcurrency.schedules",
    (input, count) => {
      const both = input.services[0].function.provisionedConcurrency.schedules;
      const schedules = Array.from({ length: count }, (_, at) => ({ ...both[at % 2], name: `schedule-${at}` }));
      input.services[0].function.provisionedConcurrency.schedules = schedules;
    },
  ],
};

describe("The quota", () => {
  test.each(Object.keys(uses) as AccountQuota[])(
    "%s is exceeded by what is above it, and not by what reaches it",
    (name) => {
      const [path, count] = uses[name] ?? ["", 0];
      const { what, per } = accountQuotas[name];
      const withQuota = (quota: number) =>
        mistakes((input) => {
          input.quotas[name] = quota;
        });
      expect(withQuota(count)).toEqual([]);
      expect(withQuota(count - 1)[0]).toBe(
        `${path}: needs ${count} ${what} ${per}, above the ${count - 1} of quotas.${name}; use fewer, or have AWS raise the quota and then raise quotas.${name}`,
      );
    },
  );

  test("vpcs is what AWS gives if nothing is stated: a fifth database with a VPC of its own, beside that of containers, is too much", () => {
    const databases = (count: number) => (input: Loose) => {
      const [ledger] = input.databases;
      input.databases = Array.from({ length: count }, (_, at) => ({
        ...structuredClone(ledger),
        name: at === 0 ? ledger.name : `ledger-${at}`,
      }));
      input.services = input.services.filter(({ database }: Loose) => !database || database.name === ledger.name);
    };
    expect(mistakes(databases(4))).toEqual([]);
    expect(mistakes(databases(5))).toEqual([
      "databases: needs 6 VPCs in a region, above the 5 of quotas.vpcs; use fewer, or have AWS raise the quota and then raise quotas.vpcs",
    ]);
  });
});

describe("A standby region", () => {
  const inRegions = "quotas.inRegions.eu-central-1";

  test("has to carry what the home region does, by what is stated of it", () => {
    const there = (quota: number) =>
      mistakes((input) => {
        input.quotas.inRegions = { "eu-central-1": { apiRequestsPerSecond: quota, vpcs: 3 } };
      });
    expect(there(2100)).toEqual([]);
    expect(there(2099)).toEqual([
      `services[0].api.throttle.rateLimit: needs 2100 requests per second of API Gateway in a region, and eu-central-1 has to carry them when it takes over, above the 2099 of ${inRegions}.apiRequestsPerSecond; use fewer, or have AWS raise the quota and then raise ${inRegions}.apiRequestsPerSecond`,
    ]);
    const vpcs = mistakes((input) => {
      input.quotas.inRegions = { "eu-central-1": { vpcs: 0 } };
    });
    expect(vpcs).toEqual([expect.stringContaining(`databases: needs 3 VPCs in a region, and eu-central-1 has to`)]);
  });

  test("has to carry it by what AWS gives there, which is less in newer regions", () => {
    const inZurich = mistakes((input) => {
      input.regions.standby = ["eu-central-2"];
      input.services[0].api.throttle.rateLimit = 2500;
    });
    expect(inZurich).toContainEqual(
      expect.stringContaining(
        "needs 3600 requests per second of API Gateway in a region, and eu-central-2 has to carry them when it takes over, above the 2500 that AWS gives in eu-central-2;",
      ),
    );
  });

  test("of which a quota is stated is one of the environment", () => {
    const other = mistakes((input) => {
      input.quotas.inRegions = { "eu-west-3": { vpcs: 7 } };
    });
    expect(other).toEqual([
      "quotas.inRegions.eu-west-3: is not a region of this environment; remove it, or correct the name",
    ]);
  });
});

describe("The limit", () => {
  test.each(Object.keys(overfill) as HardLimit[])(
    "%s is kept by a list as long as AWS allows, and by no longer one",
    (name) => {
      const [path, fill] = overfill[name];
      const { what, per, most } = hardLimits[name];
      expect(mistakes((input) => fill(input, most))).toEqual([]);
      expect(mistakes((input) => fill(input, most + 1))).toEqual([
        `${path}: has ${most + 1} ${what}, above the ${most} ${per} that AWS allows; use at most ${most}`,
      ]);
    },
  );
});

describe("An environment", () => {
  const today = new Date("2026-01-01");
  const assumptionsIn = (input: Loose, day: Date) => {
    const environment = defineEnvironment(input as EnvironmentInput);
    return assumptionsOf(environment, environment.parse(), day);
  };

  test("says what it assumes of Lambda in its account where it reserves and states no quota", () => {
    expect(assumptionsOf(sandbox, sandbox.parse(), today)).toEqual([
      "1000 concurrent executions of Lambda per region are assumed of account 111111111111, as quotas.lambdaConcurrentExecutions is not stated. 15 are reserved and 100 must stay unreserved, so it needs at least 115; a new account may have 10, and AWS would refuse.",
    ]);
  });

  test("assumes nothing that is stated, or that nothing depends on", () => {
    expect(assumptionsOf(prod, prod.parse(), today)).toEqual([]);
    const input = JSON.parse(JSON.stringify(sandbox.input)) as Loose;
    for (const service of input.services) service.function.reservedConcurrency = null;
    expect(assumptionsIn(input, today)).toEqual([]);
  });

  test("says when a runtime of its functions ends", () => {
    const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
    input.services[0].function.runtime = "nodejs20.x";
    expect(assumptionsIn(input, new Date("2026-05-01"))).toEqual([
      "nodejs20.x has had no updates since 2026-04-30, and AWS creates no function with it from 2026-06-01 on, and changes none from 2026-07-01 on; use nodejs22.x",
    ]);
  });
});
