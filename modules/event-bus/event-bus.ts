import { CloudwatchEventArchive } from "@cdktf/provider-aws/lib/cloudwatch-event-archive";
import { CloudwatchEventBus } from "@cdktf/provider-aws/lib/cloudwatch-event-bus";
import { CloudwatchEventBusPolicy } from "@cdktf/provider-aws/lib/cloudwatch-event-bus-policy";
import { dependable } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  parseConfig,
  partitionOf,
  policyDocument,
  type RegionalKey,
} from "../core";
import type { DeadLetterQueue } from "../dead-letter-queue";
import { BusAlarms } from "./bus-alarms";
import { type EventBusReference, heartbeatSource, type PublishAccess, publishStatement } from "./bus-reference";
import { type EventBusConfig, type EventBusInput, eventBusConfig, eventBusName } from "./config";
import { eventDeadLetters } from "./dead-letters";
import { EventRule, type EventTarget } from "./event-rule";

export interface EventBusProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EventBusInput;
  /** Name of the bus, `<environment>-<name>`, the same in each region; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the bus; its policy must allow EventBridge to use it (see the README). */
  readonly key: RegionalKey;
  /** The target of each rule in the config, by rule name. */
  readonly targets?: Readonly<Record<string, EventTarget>>;
  /** Keeps events that could not be decrypted or delivered, from the start; see `addDeadLetters`. */
  readonly deadLetters?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * An event bus in one region, with its archive and rules. An event endpoint can join it with a bus of the same name in
 * another region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
 */
export class EventBus extends Construct implements EventBusReference {
  readonly region: string;
  readonly eventBusName: string;
  readonly eventBusArn: string;
  /** The archive that events are replayed from. */
  readonly archiveArn: string;
  private readonly rules = new Map<string, EventRule>();
  private readonly config: EventBusConfig;
  private readonly bus: CloudwatchEventBus;
  private deadLetters?: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EventBusProps,
  ) {
    super(scope, id);
    const { region, key, alarms } = props;
    const config = parseConfig(eventBusConfig, props.config, this.node.path);
    this.config = config;
    const name = parseConfig(eventBusName, props.name, `${this.node.path}: name`);
    this.checkTargets(config, props.targets ?? {});
    const provider = deploymentStackOf(this).providers.in(region);
    const bus = new CloudwatchEventBus(this, "bus", {
      provider,
      name,
      description: config.description,
      kmsKeyIdentifier: key.arnIn(region),
    });
    const archive = new CloudwatchEventArchive(this, "archive", {
      provider,
      name,
      description: `Events on ${name}, to be replayed`,
      eventSourceArn: bus.arn,
      retentionDays: config.archiveRetentionDays,
      eventPattern: JSON.stringify({ source: [{ "anything-but": [heartbeatSource] }] }),
    });
    this.bus = bus;
    this.region = region;
    this.eventBusName = name;
    this.eventBusArn = bus.arn;
    this.archiveArn = archive.arn;

    const publishers = publisherStatements(config, region, bus.arn);
    if (publishers.length > 0) {
      new CloudwatchEventBusPolicy(this, "policy", {
        provider,
        eventBusName: bus.name,
        policy: policyDocument(publishers),
      });
    }
    for (const [ruleName, target] of Object.entries(props.targets ?? {})) {
      const rule = config.rules[ruleName];
      if (!rule) continue;
      const { deadLetterAgeSeconds } = config.alarmThresholds;
      const common = { name: ruleName, config: rule, bus: this, target, alarms, deadLetterAgeSeconds };
      this.rules.set(ruleName, new EventRule(this, `rule-${ruleName}`, common));
    }
    if (alarms) {
      new BusAlarms(this, "alarms", { eventBusName: name, region, thresholds: config.alarmThresholds, target: alarms });
    }
    if (!props.deadLetters) return;
    this.addDeadLetters();
    for (const rule of this.rules.values()) rule.addDeadLetters();
  }

  /** Keeps events that could not be decrypted in a queue, with alarms; a second call changes nothing. Rules have queues of their own. */
  addDeadLetters(): void {
    if (this.deadLetters) return;
    const { region, eventBusName: name } = this;
    const { account, alarms } = this.props;
    this.deadLetters = eventDeadLetters(this, {
      config: { deadLetterAgeSeconds: this.config.alarmThresholds.deadLetterAgeSeconds },
      name,
      region,
      // A literal, because the bus itself depends on the queue.
      senderArn: `arn:${partitionOf(region)}:events:${region}:${account}:event-bus/${name}`,
      alarms,
    });
    this.bus.putDeadLetterConfig({ arn: this.deadLetters.queueArn });
    this.bus.dependsOn = [dependable(this.deadLetters.policy)];
  }

  /** A rule in the config. @throws ConstructError if there is no rule with that name */
  rule(name: string): EventRule {
    const rule = this.rules.get(name);
    if (rule) return rule;
    throw new ConstructError(
      this,
      `has no rule "${name}"`,
      `use one of ${[...this.rules.keys()].join(", ") || "none"}`,
    );
  }

  /** Allows a principal to put events on this bus directly, without an endpoint. */
  grantPublish(grantee: Grantee, access: PublishAccess = {}): void {
    grantee.addToRolePolicy(publishStatement([this.eventBusArn], access));
  }

  private checkTargets({ rules }: EventBusConfig, targets: Readonly<Record<string, EventTarget>>): void {
    const without = Object.keys(rules).find((name) => !targets[name]);
    if (without) throw new ConstructError(this, `the rule "${without}" has no target`, "add it to targets");
    const unknown = Object.keys(targets).find((name) => !rules[name]);
    if (unknown) throw new ConstructError(this, `the target "${unknown}" has no rule`, "add it to rules in the config");
  }
}

/** Who else may publish to a bus. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions-manage.html */
export function publisherStatements(
  { publisherAccounts }: Pick<EventBusConfig, "publisherAccounts">,
  region: string,
  busArn: string,
): PolicyStatement[] {
  return Object.entries(publisherAccounts).map(([account, { sources }]) => ({
    ...publishStatement([busArn], { sources }),
    sid: `Publisher${account}`,
    principals: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
  }));
}
