import type { EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import staging from "../../environments/staging";
import { holdingData, reviewPlan } from "../../gates";
import { statesIn } from "../../simulator";
import {
  type CheckedReport,
  deploy,
  destroy,
  managedChanges,
  type Plan,
  promote,
  type ResourceChange,
} from "../../terraform";
import { withoutProtection } from "../../testing/protection";
import { temporaryFolder } from "../support/temporary-folder";
import { TestCloud } from "../support/test-cloud";
import { wholeOr } from "../support/whole-proofs";

const minutes = 60_000;

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const london = "eu-west-2";

/** Another region serves first, then the home region again, in deployments that the gates check and that replace nothing. */
describe("The region that serves first", () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await TestCloud.start(temporaryFolder());
  }, minutes);
  afterAll(() => cloud?.stop());
  beforeEach(() => cloud.clear());

  /** Applies what no gate refuses. @returns the changes, as `actions address` */
  async function deployed(input: EnvironmentInput): Promise<string[]> {
    const changes: ResourceChange[] = [];
    const others: Plan[] = [];
    const check: Parameters<typeof promote>[0]["check"] = (stack, plan) => {
      expect(reviewPlan({ stack, plan }, {}, others).violations).toEqual([]);
      others.push(plan);
      changes.push(...managedChanges(plan).filter(({ change }) => change.actions.join() !== "no-op"));
      return true;
    };
    const reports: CheckedReport[] = await promote({ output: cloud.synthesized(input), env: cloud.env, check });
    expect(reports.filter(({ applied }) => !applied)).toEqual([]);
    return changes.map(({ change, address }) => `${change.actions.join("+")} ${address}`).sort();
  }

  const holds = holdingData({});
  const kept = () =>
    cloud.simulator.inventory
      .all()
      .filter(({ type }) => holds(type))
      .map(({ type, place, state }) => JSON.stringify([type, place, state]))
      .sort();

  const active = (input: EnvironmentInput, region: string | undefined): EnvironmentInput => ({
    ...input,
    regions: { ...input.regions, active: region as EnvironmentInput["regions"]["home"] | undefined },
  });

  const endpoint = (change: string) =>
    [
      "aws_cloudwatch_event_rule.orders-endpoint_standby-heartbeat_rule",
      "aws_cloudwatch_event_target.orders-endpoint_standby-heartbeat_target",
      "aws_cloudwatch_metric_alarm.orders-endpoint_failover_standby-latency-alarm",
      "aws_iam_role.orders-endpoint_standby-heartbeat_role",
      "aws_iam_role_policy.orders-endpoint_standby-heartbeat_policy",
      "aws_route53_health_check.orders-endpoint_failover_standby-health-check",
      "aws_route53_health_check.orders-endpoint_failover_turned-round",
      "aws_scheduler_schedule.orders-endpoint_standby-heartbeat_schedule",
      "aws_sqs_queue.orders-endpoint_standby-heartbeat_queue",
      "aws_sqs_queue_policy.orders-endpoint_standby-heartbeat_queue-policy",
    ].map((address) => `${change} ${address}`);
  const turned = [
    "aws_cloudwatch_event_endpoint.orders-endpoint_endpoint",
    "aws_cloudwatch_metric_alarm.orders-endpoint_failover_latency-alarm",
    "aws_cloudwatch_metric_alarm.orders-endpoint_failover_state-alarm",
  ];
  const turnedBack = [...turned, "aws_cloudwatch_metric_alarm.orders-endpoint_failover_standby-latency-alarm"];
  const records = (services: readonly string[], names: readonly string[]) =>
    services.flatMap((service) => names.map((name) => `aws_route53_record.${service}_${name}`));
  const updates = (...addresses: readonly string[]) => addresses.map((address) => `update ${address}`);

  const prodInput = prod.input as EnvironmentInput;
  const stagingInput = {
    ...(staging.input as EnvironmentInput),
    stage: "optimization",
    regions: { home, standby: [frankfurt, london] },
  } as EnvironmentInput;
  const two = ["home", "standby"];
  const edge = "aws_cloudfront_distribution.storefront_distribution_distribution";
  // In both regions: the one that serves has orders to miss, the other one has not.
  const placed = two.map(() => "aws_cloudwatch_metric_alarm.orders_metrics_orders-placed-alarm");
  const three = ["home", "standby-1", "standby-1-next"];

  type Case = readonly [string, EnvironmentInput, string, readonly string[], readonly string[]];
  const cases: readonly Case[] = [
    [
      "prod, in two regions",
      prodInput,
      frankfurt,
      [...turned, edge, ...placed, ...records(["orders", "ledger", "quotes", "stock", "tracking"], two)],
      [...turnedBack, edge, ...placed, ...records(["orders", "ledger", "quotes", "stock", "tracking"], two)],
    ],
    [
      "staging, in three regions, as the first standby region",
      stagingInput,
      frankfurt,
      [...turned, ...records(["orders"], ["home", "standby-1"])],
      [...turnedBack, ...records(["orders"], ["home", "standby-1"])],
    ],
    // The endpoint has home and Frankfurt, and stays at home.
    [
      "staging, in three regions, as the last one",
      stagingInput,
      london,
      records(["orders"], three),
      records(["orders"], three),
    ],
  ];

  test.each(wholeOr(cases, cases.slice(1, 2)))(
    "is changed and changed back in %s, in place",
    async (_, input, region, there, back) => {
      await deploy({ output: cloud.synthesized(input), env: cloud.env });
      const before = kept();
      expect(before.length).toBeGreaterThan(5);
      const expectKept = () => {
        const now = kept();
        expect(now.filter((one) => before.includes(one))).toEqual(before);
        // The queue of heartbeats counts among what holds data, and alone is new.
        const added = now.filter((one) => !before.includes(one));
        expect(added).toEqual([expect.stringMatching(/^\["aws_sqs_queue",.*"region":"eu-central-1".*-heartbeat"/)]);
      };

      expect(await deployed(active(input, region))).toEqual([...endpoint("create"), ...updates(...there)].sort());
      expectKept();
      expect(await deployed(active(input, region))).toEqual([]);

      expect(await deployed(active(input, home))).toEqual(updates(...back).sort());
      expectKept();
      expect(await deployed(active(input, home))).toEqual([]);

      cloud.expectAllInStates();

      const output = cloud.synthesized(active(input, home));
      await withoutProtection(output, async (isProtected) => {
        await deploy({ output, env: cloud.env, only: isProtected });
        await destroy({ output, env: cloud.env });
      });
      expect(statesIn(cloud.folder).flatMap(({ resources = [] }) => resources)).toEqual([]);
    },
    12 * minutes,
  );
});
