import { defineEnvironment, type EnvironmentInput } from "../../config";
import { assumptionsOf } from "../../config/assumptions";
import prod from "../../environments/prod";
import { mistakesOf } from "../support/mistakes";

// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
type Loose = any;

/** The mistakes of prod once something of a service is different. */
const mistakes = (change: (input: Loose) => void) => mistakesOf(change, prod);
const orders = (change: (service: Loose) => void) => mistakes((input) => change(input.services[0]));
const ledger = (change: (service: Loose) => void) => mistakes((input) => change(input.services[1]));

function notes(change: (input: Loose) => void): string[] {
  const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
  change(input);
  const environment = defineEnvironment(input as EnvironmentInput);
  return assumptionsOf(environment, environment.parse(), new Date("2026-01-01"));
}

describe("Traffic that is stated", () => {
  test("is what prod has concurrency for", () => {
    expect(mistakes(() => undefined)).toEqual([]);
    expect(notes(() => undefined)).toEqual([]);
  });

  test.each<[string, () => string[], string]>([
    [
      "a duration above the timeout",
      () =>
        orders((service) => {
          service.traffic = { requestsPerSecond: 1, averageDurationMs: 10_000, latency: { objectiveMs: 20_000 } };
        }),
      "services[0].traffic.averageDurationMs: is not below the function's timeout of 10 s; raise function.timeoutSeconds",
    ],
    [
      "a throttle below the peak",
      () =>
        orders((service) => {
          service.api.throttle.rateLimit = 200;
        }),
      "services[0].api.throttle.rateLimit: lets 200 requests a second through, below the 240 at the peak of traffic; raise it",
    ],
    [
      "a reservation below the peak",
      () =>
        orders((service) => {
          service.function.reservedConcurrency = 80;
          service.function.provisionedConcurrency = { min: 5, max: 80 };
        }),
      "services[0].function.reservedConcurrency: is below the 85 executions at once that traffic needs at its peak (240 requests/s of 250 ms): 5 are missing, and requests are refused; reserve at least 85",
    ],
    [
      "a reservation that the calls of the warmer use up",
      () =>
        ledger((service) => {
          service.function.reservedConcurrency = 2;
        }),
      "services[1].function.reservedConcurrency: is below the 3 executions at once that traffic needs at its peak (0.02 requests/s of 80 ms, and 2 calls of the warmer): 1 are missing",
    ],
    [
      "a standby region that reserves less than the traffic that it takes over",
      () =>
        orders((service) => {
          service.regions = {
            "eu-central-1": {
              function: { reservedConcurrency: 50, provisionedConcurrency: { min: 5, max: 50 } },
            },
          };
        }),
      "services[0].regions.eu-central-1.function.reservedConcurrency: is below the 85 executions at once that traffic needs at its peak once eu-central-1 takes over (240 requests/s of 250 ms): 35 are missing, and requests are refused; reserve at least 85, or lower traffic.failoverShare",
    ],
    [
      "provisioned concurrency below what the objective needs",
      () =>
        orders((service) => {
          service.function.provisionedConcurrency = { min: 5, max: 30, schedules: [] };
        }),
      "services[0].function.provisionedConcurrency.max: is too low for the latency objective: with 30 environments 0.0",
    ],
    [
      "a warmer beside provisioned concurrency",
      () =>
        orders((service) => {
          service.function.warming = { concurrency: 2 };
        }),
      "services[0].function.warming: calls an alias whose environments provisionedConcurrency keeps already",
    ],
    [
      "a warmer that calls more than is reserved",
      () =>
        mistakes((input) => {
          input.services[3].function.warming = { concurrency: 51 };
        }),
      "services[3].function.warming.concurrency: is above reservedConcurrency, 50, so Lambda would refuse the calls",
    ],
    [
      "a file that is not there",
      () =>
        orders((service) => {
          service.traffic = { ...service.traffic, requestsPerSecond: "traffic/orders.csv" };
        }),
      "services[0].traffic.requestsPerSecond: is not there; write traffic/orders.csv in the project",
    ],
    [
      "a service of the warmer's name",
      () =>
        mistakes((input) => {
          input.services[3].name = "warmer";
        }),
      "services[3].name: is the name of what keeps environments of functions there",
    ],
  ])("refuses %s", (_, told, message) => {
    expect(told().filter((problem) => problem.includes(message))).toHaveLength(1);
  });

  test("is not asked of a function that is stopped on purpose", () => {
    const stopped = orders((service) => {
      service.function.reservedConcurrency = 0;
      delete service.function.provisionedConcurrency;
    });
    expect(stopped).toEqual([]);
  });
});

describe("A standby region", () => {
  const smaller = (service: Loose, share: number) => {
    service.traffic = { ...service.traffic, failoverShare: share };
    service.regions = {
      "eu-central-1": { function: { reservedConcurrency: 60, provisionedConcurrency: { min: 5, max: 60 } } },
    };
  };

  test("may take over a share of the traffic that is said", () => {
    expect(orders((service) => smaller(service, 1))).toHaveLength(1);
    expect(orders((service) => smaller(service, 0.5))).toEqual([]);
  });

  test("that is active serves all of it, and the home region is then the one that takes over", () => {
    const active = mistakes((input) => {
      input.regions.active = "eu-central-1";
      smaller(input.services[0], 0.5);
    });
    expect(active).toEqual([
      expect.stringMatching(
        /^services\[0\]\.regions\.eu-central-1\.function\.reservedConcurrency: .* at its peak \(240/,
      ),
    ]);
  });

  test("has room for what it takes over, or is told by how much not", () => {
    const room = (there: number) =>
      mistakes((input) => {
        input.quotas.inRegions = { "eu-central-1": { lambdaConcurrentExecutions: there } };
      });
    // prod reserves 825 and its brake 1, and 100 must stay unreserved.
    expect(room(926)).toEqual([]);
    expect(room(875)).toEqual([
      "quotas.inRegions.eu-central-1.lambdaConcurrentExecutions: is 50 below the 925 executions at once that the services need in eu-central-1 when it takes over: 825 reserved, and 0 at the peak of the others, of which AWS keeps 100 unreserved; have AWS raise the quota there and then raise quotas.inRegions.eu-central-1.lambdaConcurrentExecutions, or lower traffic.failoverShare",
    ]);
    const unreserved = mistakes((input) => {
      input.services[0].function.reservedConcurrency = null;
      input.services[0].function.provisionedConcurrency.max = 70;
      input.services[0].function.provisionedConcurrency.schedules = [];
      input.quotas.inRegions = { "eu-central-1": { lambdaConcurrentExecutions: 505 } };
    });
    // 425 are reserved; orders need 85 of the others, and AWS keeps 100.
    expect(unreserved).toEqual([expect.stringContaining("is 20 below the 525 executions")]);
  });

  test("of which a quota is stated is one of the environment", () => {
    const other = mistakes((input) => {
      input.quotas.inRegions = { "eu-west-3": { lambdaConcurrentExecutions: 1000 } };
    });
    expect(other).toEqual([expect.stringContaining("eu-west-3: is not a region of this environment; remove it")]);
  });

  test("with fewer warm environments is noted with the cold requests after a failover", () => {
    const fewer = notes((input) => {
      input.services[0].regions = { "eu-central-1": { function: { provisionedConcurrency: { min: 1, max: 10 } } } };
    });
    expect(fewer).toEqual([
      expect.stringMatching(
        /^orders has fewer environments kept warm in eu-central-1: after a failover 0\.0\d+ % of its requests there meet a cold start, where 0\.01 % may/,
      ),
    ]);
  });
});

describe("What is kept warm", () => {
  test("is noted where something else is the cheapest that holds the objective", () => {
    const dear = notes((input) => {
      input.services[1].function.provisionedConcurrency = { min: 1, max: 1 };
      delete input.services[1].function.warming;
      delete input.services[1].brake;
    });
    expect(dear).toEqual([
      expect.stringMatching(
        /^ledger has 1 environments kept by provisioned concurrency; for 99 % of its requests within 800 ms the cheapest is 2 environments kept by a warmer, 0\.\d\d USD a month in all: `evenkeel warm advise` says why\.$/,
      ),
    ]);
    const none = notes((input) => {
      delete input.services[1].function.warming;
    });
    expect(none).toEqual([expect.stringContaining("ledger has nothing kept warm; for 99 %")]);
  });
});
