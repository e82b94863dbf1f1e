import { Testing } from "cdktf";
import { defineEnvironment, type ServiceInput } from "../../config";
import prod from "../../environments/prod";
import type { AwsRegion } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { testApp } from "../support/synth";

interface StackJson {
  // biome-ignore lint/suspicious/noExplicitAny: attributes of any resource
  readonly resource: Record<string, Record<string, any>>;
}

const [home, standby] = ["eu-west-1", "eu-central-1"] as const;
const idempotency = { reason: "counts what there is, however often" };
const only: ServiceInput = {
  name: "reports",
  function: { entry: "services/picking/handler.ts", reservedConcurrency: 10 },
  schedules: { nightly: { expression: "cron(0 3 * * ? *)", description: "Counts the orders of a day", idempotency } },
};

/** What the stack of a region has of a service, while a region is the active one. */
function built(service: ServiceInput, active?: AwsRegion) {
  const environment = defineEnvironment({
    ...prod.input,
    chaos: undefined,
    databases: [],
    dependencies: [],
    regions: { ...prod.input.regions, active },
    services: [service],
  });
  const stacks = buildStacks(testApp(), environment.resolve({ stage: "optimization" }));
  return (region: string, type: string) => {
    const stack = stacks.find(({ node }) => node.id === `prod-services-${region}`);
    return Object.values((JSON.parse(Testing.synth(stack as never)) as StackJson).resource[type] ?? {});
  };
}

describe("Streams and schedules of a service", () => {
  test("are all that it may have", () => {
    const found = built(only);
    expect(found(home, "aws_scheduler_schedule")).toMatchObject([{ name: "nightly", state: "ENABLED" }]);
    expect(found(home, "aws_apigatewayv2_api")).toEqual([]);
    expect(found(home, "aws_lambda_event_source_mapping")).toEqual([]);
    expect(
      found(home, "aws_sqs_queue")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["prod-reports-failed-events", "prod-reports-missed-calls"]);
  });

  test("are on in the region that serves first alone, whichever that is", () => {
    const service: ServiceInput = { ...only, streams: { orders: { idempotency } } };
    for (const active of [home, standby]) {
      const found = built(service, active);
      for (const region of [home, standby]) {
        const on = region === active;
        expect(found(region, "aws_lambda_event_source_mapping")).toMatchObject([{ enabled: on }]);
        expect(found(region, "aws_scheduler_schedule")).toMatchObject([{ state: on ? "ENABLED" : "DISABLED" }]);
      }
    }
  });

  test("are on in every region where the service says so", () => {
    const everywhere: ServiceInput = {
      ...only,
      streams: { orders: { idempotency, consumedIn: "every-region" } },
      schedules: {
        nightly: { expression: "cron(0 3 * * ? *)", description: "Counts orders", runsIn: "every-region", idempotency },
      },
    };
    const found = built(everywhere);
    for (const region of [home, standby]) {
      expect(found(region, "aws_lambda_event_source_mapping")).toMatchObject([{ enabled: true }]);
      expect(found(region, "aws_scheduler_schedule")).toMatchObject([{ state: "ENABLED" }]);
    }
  });

  test("bring nothing where there are none", () => {
    const { schedules: _, ...rest } = only;
    const found = built({ ...rest, tables: { orders: { access: "read" } } });
    expect(found(home, "aws_scheduler_schedule_group")).toEqual([]);
    expect(found(home, "aws_sqs_queue").map(({ name }) => name)).toEqual(["prod-reports-failed-events"]);
  });
});
