import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf } from "../../terraform";
import { mistakesOf as mistakesAfter } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";
import { writtenPolicy } from "../support/written-policy";

type Services = NonNullable<EnvironmentInput["services"]>;
type OnFailure = NonNullable<Services[number]["onFailure"]>;

/** Prod with destinations of some services. */
function withDestinations(destinations: Readonly<Record<string, OnFailure>>): EnvironmentInput {
  const services = (prod.input.services ?? []).map((service) => ({
    ...service,
    ...(destinations[service.name] && { onFailure: destinations[service.name] }),
  }));
  return {
    ...prod.input,
    services,
    queues: [...(prod.input.queues ?? []), { name: "failures" }, { name: "in-order", fifo: {} }],
  };
}

interface Role {
  readonly Sid?: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

/** What the shipments service has of its failures, by region. */
function failuresOf(input: EnvironmentInput, stage: "foundation" | "hardening" | "optimization") {
  const stacks = stacksOf(defineEnvironment(input), { stage });
  return Object.fromEntries(
    stacks
      .filter(({ name }) => name.includes("-services-"))
      .map((stack) => {
        const all = [...resourcesOf(stack)];
        const at = (address: string) =>
          all.find(([each]) => each === address)?.[1] as Record<string, never> | undefined;
        const policy = at("aws_iam_role_policy.shipments_function_execution_policy")?.policy;
        return [
          stack.name.replace("prod-services-", ""),
          {
            destination: at("aws_lambda_function_event_invoke_config.shipments_function_async-invoke")
              ?.destination_config,
            statements: writtenPolicy(policy).Statement as unknown as Role[],
            addresses: all
              .map(([address]) => address)
              .filter((address) => /shipments_function_(dead-letters|failed-events|lost-events)/.test(address)),
          },
        ];
      }),
  );
}

/** The mistakes of an environment as it stands. */
const mistakesOf = (input: EnvironmentInput): string[] => mistakesAfter(() => {}, { input });

const home = "eu-west-1";
const standby = "eu-central-1";

describe("The failed events of a service", () => {
  test("go to a queue of their own without a destination, from hardening on", () => {
    expect(failuresOf(prod.input, "foundation")[home]?.destination).toBeUndefined();
    const { destination, addresses } = failuresOf(prod.input, "hardening")[home] ?? {};
    expect(JSON.stringify(destination)).toContain("aws_sqs_queue.shipments_function_dead-letters_failed-events.arn");
    expect(addresses).toContain("aws_sqs_queue.shipments_function_dead-letters_failed-events");
  });

  test("go to a queue of the environment in each region, with its key and alarms, and without a queue of their own", () => {
    const input = withDestinations({ shipments: { queue: "failures" } });
    expect(failuresOf(input, "foundation")[home]).toMatchObject({ destination: undefined, addresses: [] });
    const found = failuresOf(input, "optimization");
    expect(Object.keys(found)).toEqual([home, standby]);
    for (const [region, { destination, statements, addresses }] of Object.entries(found)) {
      expect(JSON.stringify(destination)).toContain(`queues_failures-${region}`);
      const send = statements.find(
        ({ Action, Resource }) => Action === "sqs:SendMessage" && String(Resource).includes("queues_failures"),
      );
      expect(send).toBeDefined();
      expect(JSON.stringify(statements)).toContain(`sqs.${region}.amazonaws.com`);
      expect(addresses.sort()).toEqual([
        "aws_cloudwatch_metric_alarm.shipments_function_failed-events-alarm",
        "aws_cloudwatch_metric_alarm.shipments_function_lost-events-alarm",
      ]);
    }
  });

  test.each<[string, OnFailure, string, RegExp]>([
    ["bus", { bus: "orders" }, "events:PutEvents", /orders-REGION_bus_arn|orders-REGION/],
    ["function", { function: "picking" }, "lambda:InvokeFunction", /aws_lambda_alias\.picking_function_alias\.arn/],
    [
      "topic",
      { arn: "arn:{partition}:sns:{region}:{account}:{environment}-failures" },
      "sns:Publish",
      /arn:aws:sns:REGION:\d{12}:prod-failures/,
    ],
    [
      "queue of a team",
      { arn: "arn:aws:sqs:{region}:{account}:failures" },
      "sqs:SendMessage",
      /arn:aws:sqs:REGION:\d{12}:failures/,
    ],
    [
      "bus of a team",
      { arn: "arn:aws:events:{region}:{account}:event-bus/failures" },
      "events:PutEvents",
      /event-bus\/failures/,
    ],
    [
      "function of a team",
      { arn: "arn:aws:lambda:{region}:{account}:function:mender:live" },
      "lambda:InvokeFunction",
      /function:mender:live/,
    ],
    [
      "bucket",
      { arn: "arn:{partition}:s3:::shop-failures-{region}" },
      "s3:PutObject",
      /arn:aws:s3:::shop-failures-REGION/,
    ],
  ])("go to a %s, which the role may send to, and to nothing else", (_kind, onFailure, action, expected) => {
    const found = failuresOf(withDestinations({ shipments: onFailure }), "optimization");
    for (const [region, { destination, statements, addresses }] of Object.entries(found)) {
      const here = new RegExp(expected.source.replaceAll("REGION", region));
      expect(JSON.stringify(destination)).toMatch(here);
      const sends = statements.filter(({ Action, Resource }) => Action === action && here.test(String(Resource)));
      expect(sends).toHaveLength(1);
      expect(sends.flatMap(({ Resource }) => Resource)).not.toContain("*");
      expect(addresses).toHaveLength(2);
    }
  });

  test("are encrypted with the key of the destination, through its service only", () => {
    const onFailure = {
      arn: "arn:aws:s3:::shop-failures-{region}",
      keyArn: "arn:aws:kms:{region}:{account}:key/mrk-0123456789abcdef0123456789abcdef",
    };
    const { statements = [] } = failuresOf(withDestinations({ shipments: onFailure }), "hardening")[home] ?? {};
    expect(statements.find(({ Sid }) => Sid === "EncryptFailedEvents")).toMatchObject({
      Resource: `arn:aws:kms:${home}:${prod.input.account}:key/mrk-0123456789abcdef0123456789abcdef`,
      Condition: { StringEquals: { "kms:ViaService": `s3.${home}.amazonaws.com` } },
    });
    expect(statements.find(({ Sid }) => Sid === "FindBucketOfFailedEvents")).toMatchObject({
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:::shop-failures-eu-west-1",
    });
  });

  test("are kept early or not at all by an exception, wherever they go", () => {
    const input = withDestinations({ shipments: { queue: "failures" } });
    const excepted = (enabled: boolean) => ({
      ...input,
      exceptions: { deadLetters: { enabled, reason: "failed events are what the teams look for here" } },
    });
    expect(failuresOf(excepted(true), "foundation")[home]?.addresses).toHaveLength(2);
    expect(failuresOf(excepted(false), "optimization")[home]).toMatchObject({ destination: undefined, addresses: [] });
  });
});

describe("A destination of failed events is refused", () => {
  const refused = (destinations: Readonly<Record<string, OnFailure>>) => mistakesOf(withDestinations(destinations));
  const own = "arn:{partition}:sqs:{region}:{account}:failures";

  test.each<[string, Readonly<Record<string, OnFailure>>, string, string]>([
    [
      "of a function that nothing invokes asynchronously",
      { orders: { queue: "failures" } },
      "services[0].onFailure",
      "is for asynchronous invocations, and nothing invokes this function so",
    ],
    [
      "that is a FIFO queue",
      { shipments: { queue: "in-order" } },
      "onFailure.queue",
      "is a FIFO queue, to which Lambda sends no failed events",
    ],
    ["that is not there", { shipments: { queue: "failure" } }, "onFailure.queue", "is not a queue of this environment"],
    [
      "on a bus that is not there",
      { shipments: { bus: "order" } },
      "onFailure.bus",
      "is not an event bus of this environment",
    ],
    [
      "that is no service",
      { shipments: { function: "mender" } },
      "onFailure.function",
      "is not a service of this environment",
    ],
    [
      "that is the service itself",
      { shipments: { function: "shipments" } },
      "onFailure.function",
      "is this service itself",
    ],
    [
      "in a circle",
      { shipments: { function: "picking" }, picking: { function: "shipments" } },
      "onFailure.function",
      "leads back to this service by way of picking",
    ],
    [
      "that another service has",
      { shipments: { arn: own }, orders: { arn: own } },
      "onFailure.arn",
      "has the failed events of the service",
    ],
    [
      "in one region only",
      { shipments: { arn: "arn:aws:sqs:eu-west-1:{account}:failures" } },
      "onFailure.arn",
      "is not in eu-central-1, where the function may run too",
    ],
    [
      "that is a FIFO topic",
      { shipments: { arn: "arn:aws:sns:{region}:{account}:failures.fifo" } },
      "onFailure.arn",
      "is FIFO",
    ],
    [
      "of a kind that Lambda does not know",
      { shipments: { arn: "arn:aws:kinesis:{region}:{account}:stream/failures" } },
      "onFailure.arn",
      "is not what Lambda sends failed events to",
    ],
    [
      "with a placeholder that stands for nothing",
      { shipments: { arn: "arn:aws:sqs:{region}:{account}:{service}" } },
      "onFailure.arn",
      "has a brace that belongs to no placeholder",
    ],
    [
      "in two places",
      { shipments: { queue: "failures", arn: own } },
      "onFailure",
      "names queue and arn; name exactly one",
    ],
    ["nowhere", { shipments: {} }, "onFailure", "names no destination"],
    [
      "with a key for a bus",
      { shipments: { bus: "orders", keyArn: "arn:aws:kms:{region}:{account}:key/1" } },
      "onFailure.keyArn",
      "is for a queue, topic or bucket at arn",
    ],
    [
      "with a key that is none",
      { shipments: { arn: own, keyArn: "alias/failures" } },
      "onFailure.keyArn",
      "is not the ARN of a key",
    ],
  ])("%s", (_why, destinations, path, message) => {
    const found = refused(destinations);
    expect(found.filter((line) => line.includes(path) && line.includes(message))).not.toEqual([]);
  });

  test("where the queue is the one that the service takes its messages from, or its own rule brings failures back", () => {
    const picking = (prod.input.services ?? []).find(({ queues }) => Object.keys(queues ?? {}).length > 0);
    const [queue = ""] = Object.keys(picking?.queues ?? {});
    expect(refused({ [picking?.name ?? ""]: { queue } }).join("\n")).toContain(
      "is what this service takes its messages from",
    );
    const input = withDestinations({ shipments: { bus: "orders" } });
    const services = (input.services ?? []).map((service) =>
      service.name === "shipments"
        ? {
            ...service,
            subscriptions: {
              ...service.subscriptions,
              failures: { bus: "orders", eventPattern: { source: ["lambda"] } },
            },
          }
        : service,
    );
    expect(mistakesOf({ ...input, services }).join("\n")).toContain(
      'the subscription "failures" brings what comes from lambda back',
    );
  });

  test("not where another service sends its failed events to the function", () => {
    expect(refused({ shipments: { function: "orders" }, orders: { queue: "failures" } })).toEqual([]);
  });
});
