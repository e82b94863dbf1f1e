import { TerraformOutput } from "cdktf";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { EventBus, type EventBusInput, EventRule, type EventTarget } from "../../../modules/event-bus";

const account = "111111111111";

/** A key, topics and targets by name only, as if other stacks had made them. */
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const functionIn = (region: string): EventTarget => ({
  aliasArn: `arn:aws:lambda:${region}:${account}:function:invoicing:live`,
  allowInvoke: () => undefined,
});
const queueIn = (region: string): EventTarget => ({
  queueArn: `arn:aws:sqs:${region}:${account}:audit`,
  allowSend: () => undefined,
});

const everything: EventBusInput = {
  description: "Orders and what becomes of them",
  archiveRetentionDays: 90,
  rules: {
    invoicing: {
      description: "Writes invoices",
      eventPattern: {
        source: ["shop.orders"],
        "detail-type": ["OrderPlaced"],
        detail: { total: [{ numeric: [">", 0] }], channel: [{ "anything-but": ["test"] }] },
      },
      maximumRetryAttempts: 10,
      maximumEventAgeSeconds: 3600,
    },
    audit: { eventPattern: { source: [{ prefix: "shop." }] }, enabled: false },
  },
  publisherAccounts: { "222222222222": { sources: ["partner.orders"] } },
  alarmThresholds: { failedInvocations: 5, throttledRules: 10, deadLetterAgeSeconds: 3600 },
};

/** Buses of one name with every option in use in two regions, a rule made apart from its bus, and the least bus. */
export function everyOption(stack: DeploymentStack): void {
  for (const region of ["eu-west-1", "eu-central-1"]) {
    const common = { deadLetters: true, alarms };
    const bus = new EventBus(stack, `orders-${region}`, {
      ...common,
      config: everything,
      name: "test-orders",
      region,
      account,
      key,
      targets: { invoicing: functionIn(region), audit: queueIn(region) },
    });
    new EventRule(stack, `stock-${region}`, {
      ...common,
      config: { eventPattern: { source: ["shop.orders"] } },
      name: "stock",
      bus,
      target: functionIn(region),
    });
    new TerraformOutput(stack, `archive-${region}`, { value: bus.archiveArn });
  }
  new EventBus(stack, "least", {
    config: {},
    name: "test-least",
    region: "eu-west-1",
    account,
    key,
    deadLetters: false,
  });
}
