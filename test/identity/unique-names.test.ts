import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Aspects, Fn } from "cdktf";
import { Construct } from "constructs";
import { DeploymentStack, NameClashError } from "../../modules/core";
import { testApp } from "../support/synth";

const account = "444444444444";
const regions = ["eu-west-1", "eu-central-1"];

interface At {
  /** A stack in the account, or another one. */
  stack(name: string, ofAccount?: string): DeploymentStack;
}

/** The clashes that synthesis finds, in its words, one for each line. */
function clashesOf(build: (at: At) => void): string[] {
  const app = testApp();
  build({
    stack: (name, ofAccount = account) => new DeploymentStack(app, name, { regions, account: ofAccount, tags: {} }),
  });
  try {
    app.synth();
  } catch (error) {
    if (error instanceof NameClashError) return error.message.split("\n");
    throw error;
  }
  return [];
}

const queue = (stack: DeploymentStack, id: string, name: string, region = "eu-west-1") =>
  new SqsQueue(stack, id, { provider: stack.providers.in(region), name });

const alarm = (stack: DeploymentStack, id: string, alarmName: string) =>
  new CloudwatchMetricAlarm(stack, id, {
    provider: stack.providers.in("eu-west-1"),
    alarmName,
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    metricName: "Throttles",
    namespace: "AWS/Lambda",
    period: 60,
    statistic: "Sum",
    threshold: 0,
  });

/** A rule on a bus, which is named by what the build gives. */
const rule = (stack: DeploymentStack, id: string, eventBusName: string) =>
  new CloudwatchEventRule(stack, id, {
    provider: stack.providers.in("eu-west-1"),
    name: "orders-placed",
    eventBusName,
    eventPattern: '{"source":["orders"]}',
  });

describe("Synthesis", () => {
  test("refuses what prod built: one queue for a bus and a function, one alarm for a table and a function", () => {
    expect(
      clashesOf(({ stack }) => {
        const [data, events, services] = ["prod-data", "prod-events", "prod-services-eu-west-1"].map((name) =>
          stack(name),
        );
        if (!data || !events || !services) throw new Error("three stacks are built");
        queue(events, "orders-eu-west-1_dead-letters_queue", "prod-orders-dead-letters");
        queue(services, "orders_function_dead-letters_queue", "prod-orders-dead-letters");
        alarm(data, "orders_alarms-eu-west-1_throttles", "prod-orders-throttles");
        alarm(services, "orders_function_throttles-alarm", "prod-orders-throttles");
      }),
    ).toEqual([
      "2 names are given more than once; AWS refuses the second, or lets it overwrite the first",
      expect.stringMatching(
        /^ {2}alarm prod-orders-throttles, in eu-west-1 of 444444444444: rename one of what these belong to in its environment file, or remove one$/,
      ),
      "    prod-data: aws_cloudwatch_metric_alarm.orders_alarms-eu-west-1_throttles",
      "    prod-services-eu-west-1: aws_cloudwatch_metric_alarm.orders_function_throttles-alarm",
      expect.stringMatching(/^ {2}queue prod-orders-dead-letters, in eu-west-1 of 444444444444: rename one/),
      "    prod-events: aws_sqs_queue.orders-eu-west-1_dead-letters_queue",
      "    prod-services-eu-west-1: aws_sqs_queue.orders_function_dead-letters_queue",
    ]);
  });

  test("accepts one name in two regions, in two accounts, and for two types", () => {
    expect(
      clashesOf(({ stack }) => {
        const one = stack("one");
        queue(one, "home", "prod-orders");
        queue(one, "standby", "prod-orders", "eu-central-1");
        alarm(one, "alarm", "prod-orders");
        queue(stack("two", "222222222222"), "queue", "prod-orders");
      }),
    ).toEqual([]);
  });

  test("refuses one IAM name in two regions, whatever its case", () => {
    const role = (stack: DeploymentStack, id: string, name: string, region: string) =>
      new IamRole(stack, id, { provider: stack.providers.in(region), name, assumeRolePolicy: "{}" });
    const [, words] = clashesOf(({ stack }) => {
      role(stack("one"), "role", "prod-orders", "eu-west-1");
      role(stack("two"), "role", "Prod-Orders", "eu-central-1");
    });
    expect(words).toMatch(/^ {2}role prod-orders, in all regions of 444444444444: /);
  });

  test("refuses a record twice, whatever its case and final dot", () => {
    const record = (stack: DeploymentStack, id: string, name: string) =>
      new Route53Record(stack, id, {
        provider: stack.providers.in("eu-west-1"),
        zoneId: "Z1",
        type: "A",
        name,
        ttl: 60,
        records: ["192.0.2.1"],
      });
    const [, words] = clashesOf(({ stack }) => {
      record(stack("one"), "record", "Orders.example.com");
      record(stack("two"), "record", "orders.example.com.");
    });
    expect(words).toMatch(/^ {2}record A orders\.example\.com in zone Z1, set , in all regions of 444444444444: /);
  });

  test("refuses a record of two environments in the zone of a third account", () => {
    const [, words] = clashesOf(({ stack }) => {
      for (const [name, account] of [
        ["one", "111111111111"],
        ["two", "222222222222"],
      ] as const) {
        const team = stack(name, account);
        const zones = new AwsProvider(team, "zones", {
          alias: "zones",
          region: "eu-west-1",
          assumeRole: [{ roleArn: "arn:aws:iam::999999999999:role/records" }],
        });
        const values = { zoneId: "Z1", type: "A", name: "orders.example.com", ttl: 60, records: ["192.0.2.1"] };
        new Route53Record(team, "record", { provider: zones, ...values });
      }
    });
    expect(words).toMatch(/^ {2}record A orders\.example\.com in zone Z1, set , in all regions of 999999999999: /);
  });

  test("refuses two policies of one queue, by whichever attribute they name it", () => {
    const [, words, ...owners] = clashesOf(({ stack }) => {
      const one = stack("one");
      const provider = one.providers.in("eu-west-1");
      const { url, id } = queue(one, "queue", "prod-orders");
      new SqsQueuePolicy(one, "first", { provider, queueUrl: url, policy: "{}" });
      new SqsQueuePolicy(one, "second", { provider, queueUrl: id, policy: "{}" });
    });
    expect(words).toMatch(/^ {2}the policy of queue .*one\/aws_sqs_queue\.queue.*, in eu-west-1 of 444444444444: /);
    expect(owners).toEqual(["    one: aws_sqs_queue_policy.first", "    one: aws_sqs_queue_policy.second"]);
  });

  test.each<[how: string, name: (bus: CloudwatchEventBus) => string]>([
    ["its name", ({ name }) => name],
    ["its ARN", ({ arn }) => arn],
    ["a part of its ARN", ({ arn }) => Fn.element(Fn.split("/", arn), 1)],
  ])("refuses one rule on a bus in two stacks that read %s from a third", (_, name) => {
    const [, words, ...owners] = clashesOf(({ stack }) => {
      const events = stack("events");
      const bus = new CloudwatchEventBus(events, "bus", {
        provider: events.providers.in("eu-west-1"),
        name: "prod-orders",
      });
      rule(stack("services"), "rule", name(bus));
      rule(events, "rule", name(bus));
    });
    expect(words).toMatch(/^ {2}rule orders-placed on event bus /);
    expect(owners).toEqual([
      "    events: aws_cloudwatch_event_rule.rule",
      "    services: aws_cloudwatch_event_rule.rule",
    ]);
  });

  test("accepts rules of one name on two buses", () => {
    expect(
      clashesOf(({ stack }) => {
        const events = stack("events");
        for (const name of ["orders", "stock"]) {
          const bus = new CloudwatchEventBus(events, name, { provider: events.providers.in("eu-west-1"), name });
          rule(events, `rule-${name}`, bus.arn);
        }
      }),
    ).toEqual([]);
  });

  test("names all of more than two owners at once", () => {
    const lines = clashesOf(({ stack }) => {
      for (const name of ["one", "two", "three"]) queue(stack(name), "queue", "prod-orders");
    });
    expect(lines[0]).toMatch(/^1 name is given more than once;/);
    expect(lines.slice(2)).toEqual(["one", "two", "three"].map((name) => `    ${name}: aws_sqs_queue.queue`));
  });

  test("renders each stack once, so that the check costs no second rendering", () => {
    const rendered: string[] = [];
    class Counted extends DeploymentStack {
      override toTerraform(): unknown {
        rendered.push(this.node.id);
        return super.toTerraform();
      }
    }
    const app = testApp();
    for (const name of ["one", "two"]) new Counted(app, name, { regions, account, tags: {} });
    app.synth();
    expect(rendered).toEqual(["one", "two"]);
  });

  test("checks what aspects have changed", () => {
    const lines = clashesOf(({ stack }) => {
      for (const name of ["a", "b"]) {
        const one = stack(name);
        queue(one, "queue", name);
        Aspects.of(one).add({
          visit: (construct) => {
            if (construct instanceof SqsQueue) construct.name = "same";
          },
        });
      }
    });
    expect(lines[1]).toMatch(/^ {2}queue same, /);
  });

  test("refuses an address that two resources get by an id of their own, where cdktf would drop one", () => {
    const build = ({ stack }: At) => {
      const one = stack("one");
      for (const id of ["a", "b"]) {
        new KmsKey(new Construct(one, id), "key", { provider: one.providers.in("eu-west-1") }).overrideLogicalId("key");
      }
    };
    expect(() => clashesOf(build)).toThrow(/one\/a\/key and one\/b\/key: share the address aws_kms_key\.key, /);
  });
});
