import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { readHypothesis } from "../../modules/fault-experiments";
import { resourcesOf } from "../../terraform";
import { mistakesOf, serviceOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

type Stage = "foundation" | "hardening" | "optimization";

function operationsOf(input: EnvironmentInput, stage: Stage = "optimization") {
  const stacks = stacksOf(defineEnvironment(input), { stage });
  const stack = stacks.find(({ name }) => name.endsWith("-operations"));
  if (!stack) throw new Error("no operations");
  return resourcesOf(stack);
}

type Resources = ReturnType<typeof operationsOf>;

const templatesIn = (resources: Resources) =>
  Object.fromEntries(
    [...resources].flatMap(([address, body]) => {
      const [, name] = /^aws_fis_experiment_template\.experiments_[a-z0-9-]+?-\d_(.+)_template$/.exec(address) ?? [];
      return name === undefined ? [] : [[name, body as Readonly<Record<string, unknown>>]];
    }),
  );

const namesIn = (resources: Resources) => Object.keys(templatesIn(resources)).sort();

/** Prod with a change of what it says of chaos. */
const changed = (change: (chaos: Record<string, unknown>) => void): EnvironmentInput => {
  const input = structuredClone(prod.input);
  change(input.chaos as unknown as Record<string, unknown>);
  return input;
};

describe("The capability chaosExperiments", () => {
  const all = operationsOf(prod.input);

  test("comes with optimization, made from what the environment consists of", () => {
    for (const stage of ["foundation", "hardening"] as const)
      expect(namesIn(operationsOf(prod.input, stage))).toEqual([]);
    expect(namesIn(all)).toEqual([
      "handled-events-replication",
      "ledger-failover",
      "ledger-network",
      "orders-replication",
      "orders-throttled-table",
      "shipments-replication",
      "shipments-slow-carrier",
      "stock-failover",
      "stock-network",
      "tracking-tasks",
    ]);
  });

  test("has the hypothesis of each from the recovery table, with what is promised", () => {
    const hypotheses = Object.fromEntries(
      Object.entries(templatesIn(all)).map(([name, { description }]) => {
        const { seconds, objective, promisedSeconds } = readHypothesis(String(description)) ?? {};
        return [name, [seconds, objective, promisedSeconds]];
      }),
    );
    expect(hypotheses).toEqual({
      "handled-events-replication": [0, "tables handled-events", 420],
      "ledger-failover": [300, "database ledger", 300],
      "ledger-network": [150, "dns", 300],
      "orders-replication": [0, "tables orders", 30],
      "orders-throttled-table": [90, "dns", 420],
      "shipments-replication": [0, "tables shipments", 420],
      "shipments-slow-carrier": [420, "events", 420],
      "stock-failover": [300, "database stock", 300],
      "stock-network": [150, "dns", 300],
      "tracking-tasks": [25, "tasks tracking", null],
    });
  });

  test("ends each by alarms on what callers of its services notice, failures first", () => {
    const { stop_condition: stops } = templatesIn(all)["orders-replication"] as {
      stop_condition: readonly { readonly value: string }[];
    };
    expect(stops.map(({ value }) => /alarm([a-z_-]+)arn/.exec(value)?.[1])).toEqual([
      "orders_api_server-errors-alarm",
      "storefront_api_server-errors-alarm",
      "orders_api_latency-alarm",
      "storefront_api_latency-alarm",
    ]);
    for (const { stop_condition: each } of Object.values(templatesIn(all)) as { stop_condition: readonly object[] }[]) {
      expect(each.length).toBeGreaterThan(0);
      expect(each.length).toBeLessThanOrEqual(5);
    }
  });

  test("switches faults by the parameter that the function reads", () => {
    expect(
      all.get("aws_iam_role_policy.experiments_eu-west-1_shipments-slow-carrier-switch_automation_policy"),
    ).toMatchObject({
      policy: expect.stringContaining("arn:aws:ssm:eu-west-1:444444444444:parameter/prod/shipments/chaos/faults"),
    });
  });

  test("makes none without an opt-in for it, and none that is left out", () => {
    expect(
      namesIn(operationsOf(changed((chaos) => Object.assign(chaos, { experiments: undefined, gameDays: [] })))),
    ).toEqual([]);
    const without = changed((chaos) => {
      Object.assign(chaos, { gameDays: [], experiments: { except: ["ledger-network", "shipments-replication"] } });
    });
    expect(namesIn(operationsOf(without))).toEqual([
      "handled-events-replication",
      "ledger-failover",
      "orders-replication",
      "stock-failover",
      "stock-network",
      "tracking-tasks",
    ]);
  });

  test("makes none that nothing would end, nor where nobody takes over", () => {
    const off = { enabled: false, reason: "somebody else does that here" };
    const standby = ["standbyServices", "replicatedEvents", "dnsFailover", "edgeFunctions"];
    for (const names of [["alarms"], standby]) {
      const exceptions = Object.fromEntries(names.map((name) => [name, off]));
      expect(namesIn(operationsOf({ ...prod.input, exceptions }))).toEqual([]);
    }
    const noFaults = { faultInjection: { enabled: false, reason: "nobody has game days here" } };
    expect(namesIn(operationsOf({ ...prod.input, exceptions: noFaults }))).not.toContain("orders-throttled-table");
  });

  test("leaves tables with strong consistency alone, and a writer without a reader", () => {
    const input = structuredClone(prod.input);
    Object.assign(input.chaos as object, { gameDays: [] });
    Object.assign((input.databases as unknown as { cluster: object }[])[0]?.cluster as object, {
      instances: { home: 1 },
    });
    expect(namesIn(operationsOf(input))).not.toContain("ledger-failover");
  });

  test("stays as it is while another region serves first, which has no time for what would go", () => {
    const input = structuredClone(prod.input);
    const experiments = () => [...operationsOf(input)].filter(([address]) => address.includes("experiments_"));
    const before = experiments();
    expect(before.length).toBeGreaterThan(20);
    Object.assign(input.regions, { active: "eu-central-1" });
    expect(experiments()).toEqual(before);
  });

  test("starts no experiment of a game day before the one before it has ended", () => {
    const schedules = [...operationsOf(prod.input)].filter(([address]) =>
      address.startsWith("aws_scheduler_schedule."),
    );
    expect(
      schedules
        .filter(([address]) => /first-tuesday/.test(address))
        .map(([, body]) => (body as { schedule_expression: string }).schedule_expression)
        .sort(),
    ).toEqual(["cron(0 10 ? * TUE#1 *)", "cron(0 11 ? * TUE#1 *)", "cron(30 10 ? * TUE#1 *)"]);
  });

  test("has no game days once no region is left that takes over", () => {
    const off = { enabled: false, reason: "the standby region is given up" };
    const names = ["standbyServices", "replicatedEvents", "dnsFailover", "edgeFunctions"];
    const exceptions = Object.fromEntries(names.map((name) => [name, off]));
    const resources = operationsOf({ ...prod.input, exceptions });
    expect([...resources.keys()].filter((address) => address.includes("game-days"))).toEqual([]);
  });

  test.each<[string, (chaos: Record<string, unknown>) => void, string]>([
    [
      "a service that is not there",
      (chaos) => functionOf(chaos, 0, { service: "order" }),
      "chaos.experiments.functions[0].service: is no service of the environment; use one of orders, shipments",
    ],
    [
      "a service without a switch",
      (chaos) => functionOf(chaos, 0, { service: "ledger" }),
      "chaos.experiments.functions[0].service: has no switch for faults; give it the field chaos, once its handler is wrapped",
    ],
    [
      "more minutes than the service allows",
      (chaos) => functionOf(chaos, 0, { minutes: 31 }),
      "chaos.experiments.functions[0].minutes: is above chaos.longestMinutes of orders, 30; use less, or raise that",
    ],
    [
      "fewer minutes than the hypothesis takes",
      (chaos) => functionOf(chaos, 1, { minutes: 7 }),
      "chaos.experiments.functions[1].minutes: ends before its hypothesis can fail, which is about 420 s and the minute that a function takes to notice; use at least 8",
    ],
    [
      "a network that comes back before its hypothesis can fail",
      (chaos) => Object.assign(chaos.experiments as object, { networkMinutes: 2 }),
      "chaos.experiments.networkMinutes: lets ledger-network end before its hypothesis can fail, which is about 150 s; use at least 3",
    ],
    [
      "two experiments of one name",
      (chaos) => functionOf(chaos, 1, { name: "orders-replication" }),
      "chaos.experiments.functions[1].name: is the name of another experiment; choose another name",
    ],
    [
      "to leave out what is not there",
      (chaos) => Object.assign(chaos.experiments as object, { except: ["ledger-cross-region"] }),
      "chaos.experiments.except[0]: is no experiment that there would be; use one of orders-throttled-table, shipments-slow-carrier, orders-replication, shipments-replication, handled-events-replication, ledger-failover, ledger-network, stock-failover, stock-network, tracking-tasks",
    ],
    [
      "a game day without hours",
      (chaos) => delete chaos.hours,
      "chaos.gameDays[0]: may not start, as no hours are allowed; say in chaos.hours when experiments may run",
    ],
    [
      "a game day outside of the hours",
      (chaos) => dayOf(chaos, { at: "14:30" }),
      "chaos.gameDays[0].at: lets the last experiment end 45 min after 15:00, when all have to have ended; start earlier, or run fewer or shorter experiments",
    ],
    [
      "a game day on a day off",
      (chaos) => dayOf(chaos, { day: "SUN" }),
      "chaos.gameDays[0].day: is no day on which experiments may run; use one of MON, TUE, WED, THU, FRI",
    ],
    [
      "a game day with an experiment that is not there",
      (chaos) => dayOf(chaos, { experiments: ["ledger-failovr"] }),
      "chaos.gameDays[0].experiments[0]: is no experiment of the environment; use one of orders-throttled-table, shipments-slow-carrier, orders-replication, shipments-replication, handled-events-replication, ledger-failover, ledger-network, stock-failover, stock-network, tracking-tasks",
    ],
    [
      "a game day that runs one twice",
      (chaos) => dayOf(chaos, { experiments: ["ledger-failover", "ledger-failover"] }),
      "chaos.gameDays[0].experiments[1]: is listed twice; list it once",
    ],
    [
      "two game days of one name",
      (chaos) => (chaos.gameDays as object[]).push((chaos.gameDays as object[])[0] as object),
      "chaos.gameDays[1].name: is the name of another game day; choose another name",
    ],
  ])("is refused %s", (_what, change, message) => {
    expect(mistakesOf((input) => change(input.chaos as Record<string, unknown>), prod)).toEqual([message]);
  });

  test("is refused a service whose recovery says nothing", () => {
    const mistakes = mistakesOf((input) => {
      const { subscriptions: _, recovery: __, ...shipments } = serviceOf(input, "shipments");
      input.services = input.services.map((service: { name: string }) =>
        service.name === "shipments" ? shipments : service,
      );
    }, prod);
    expect(mistakes).toContainEqual(
      "chaos.experiments.functions[1].service: has nothing in its recovery that must hold meanwhile, so the experiment would show nothing; give it a domain name, an edge or subscriptions, and a standby region",
    );
  });

  test("makes none without a standby region, and refuses nothing then", () => {
    const mistakes = mistakesOf((each) => {
      each.regions.standby = [];
    }, prod);
    expect(mistakes.filter((mistake) => mistake.startsWith("chaos"))).toEqual([]);
  });

  test("cuts off an existing network of few subnets, from another region as well", () => {
    const subnets = (count: number, vpcId: string) =>
      Array.from({ length: count }, (_, index) => `subnet-${vpcId.slice(-16)}${index}`);
    const withNetwork = (count: number) => (input: { databases: { network: object }[] }) => {
      const network = (vpcId: string) => ({
        vpcId,
        subnetIds: subnets(count, vpcId),
        additionalSecurityGroupIds: [`sg-${vpcId.slice(-17)}`],
      });
      Object.assign(input.databases[0] as object, {
        network: {
          existing: {
            "eu-west-1": network("vpc-0a1b2c3d4e5f60718"),
            "eu-central-1": network("vpc-0a1b2c3d4e5f60719"),
          },
        },
      });
    };
    const input = structuredClone(prod.input);
    withNetwork(3)(input as never);
    delete (input.databases as unknown as { flowLogs?: object }[])[0]?.flowLogs;
    expect(namesIn(operationsOf(input))).toContain("ledger-cross-region");
    const mistakes = mistakesOf((each) => {
      withNetwork(6)(each as never);
      delete each.databases[0].flowLogs;
    }, prod);
    expect(mistakes).toContainEqual(
      "databases[0].network.existing.eu-west-1.subnetIds: are 6, but the experiment ledger-network can touch 5; name it in chaos.experiments.except",
    );
  });
});

function functionOf(chaos: Record<string, unknown>, index: number, change: object): void {
  Object.assign((chaos.experiments as { functions: object[] }).functions[index] as object, change);
}

function dayOf(chaos: Record<string, unknown>, change: object): void {
  Object.assign((chaos.gameDays as object[])[0] as object, change);
}
