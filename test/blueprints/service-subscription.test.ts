import { Testing } from "cdktf";
import { defineEnvironment, type Stage } from "../../config";
import prod from "../../environments/prod";
import { buildStacks } from "../../stacks";
import { ref, testApp } from "../support/synth";

interface StackJson {
  // biome-ignore lint/suspicious/noExplicitAny: attributes of any resource
  readonly resource: Record<string, Record<string, any>>;
}

/** The stacks of prod with one service, which gets the events of the bus and has no database. */
function stacksAt(stage: Stage): ReadonlyMap<string, StackJson> {
  const environment = defineEnvironment({
    ...prod.input,
    chaos: undefined,
    databases: [],
    services: [
      {
        name: "invoices",
        function: {
          entry: "services/orders/handler.ts",
          memoryMb: 512,
          timeoutSeconds: 10,
          reservedConcurrency: 100,
          logRetentionDays: 30,
        },
        tables: { orders: { access: "read" } },
        subscriptions: { placed: { bus: "orders", eventPattern: { source: ["orders"] } } },
      },
    ],
  });
  return new Map(
    buildStacks(testApp(), environment.resolve({ stage }))
      .filter(({ node }) => /-(events|services-.*)$/.test(node.id))
      .map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack)) as StackJson]),
  );
}

const stacks = stacksAt("optimization");
const regions = ["eu-west-1", "eu-central-1"];

const all = (stack: string, type: string) => Object.values(stacks.get(stack)?.resource[type] ?? {});

describe("A subscription of a service", () => {
  test("has its rule, its target and its dead letters in both regions of the bus", () => {
    for (const region of regions) {
      const stack = `prod-services-${region}`;
      const rule = all(stack, "aws_cloudwatch_event_rule").find(({ event_pattern: pattern }) => pattern);
      expect(rule).toMatchObject({ provider: `aws.${region}`, state: "ENABLED" });
      expect(JSON.parse(rule.event_pattern)).toEqual({ source: ["orders"] });
      const target = all(stack, "aws_cloudwatch_event_target").find((each) => each.dead_letter_config);
      expect(target).toMatchObject({
        provider: `aws.${region}`,
        arn: ref("aws_lambda_alias.invoices_function_alias.arn"),
        dead_letter_config: { arn: expect.stringContaining("aws_sqs_queue.") },
      });
    }
  });

  test("gets the same from both regions: buses of one name, each with its archive", () => {
    const names = (type: string) => all("prod-events", type).map(({ provider, name }) => [provider, name]);
    expect(names("aws_cloudwatch_event_bus").sort()).toEqual([
      ["aws.eu-central-1", "prod-orders"],
      ["aws.eu-west-1", "prod-orders"],
    ]);
    const archives = names("aws_cloudwatch_event_archive").map(([provider]) => provider);
    expect(archives.sort()).toEqual(["aws.eu-central-1", "aws.eu-west-1"]);
  });
});

describe("A service without a database", () => {
  test("runs outside of any VPC", () => {
    for (const region of regions) {
      const [lambda] = all(`prod-services-${region}`, "aws_lambda_function");
      expect([region, lambda.vpc_config]).toEqual([region, undefined]);
    }
  });
});
