import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { dependable, Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, deploymentStackOf, isMarked, kebabName, mark, parseConfig } from "../core";
import type { DeadLetterQueue } from "../dead-letter-queue";
import type { EventBusReference } from "./bus-reference";
import { type EventRuleInput, eventRuleConfig } from "./config";
import { eventDeadLetters } from "./dead-letters";

/** A function, by its alias, as the target of events; `ServiceFunction` implements it. */
export interface FunctionTarget {
  readonly aliasArn: string;
  allowInvoke(id: string, principal: string, sourceArn: string): void;
}

/**
 * A standard queue as the target of events. Its owner must allow EventBridge to send, in the queue and key policies.
 */
export interface QueueTarget {
  readonly queueArn: string;
  /** The queue policy, which must exist before the rule sends its first event. */
  readonly policy?: ITerraformDependable;
  allowSend(id: string, principal: string, sourceArn: string): void;
}

export type EventTarget = FunctionTarget | QueueTarget;

export interface EventRuleProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EventRuleInput;
  /** Name of the rule on its bus, kebab-case, at most 40 characters; cannot change. */
  readonly name: string;
  /** The bus whose events it matches. */
  readonly bus: EventBusReference;
  /** Must be in the region of the bus. */
  readonly target: EventTarget;
  /** Keeps events that could not be delivered to the target, from the start; see `addDeadLetters`. */
  readonly deadLetters?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Age of the oldest dead letter at which the alarm fires, in seconds; defaults to one day. */
  readonly deadLetterAgeSeconds?: number;
}

/**
 * A rule with exactly one target, so that retries, dead letters and permissions belong to one consumer.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html
 */
export class EventRule extends Construct {
  readonly ruleArn: string;
  private readonly target: CloudwatchEventTarget;
  private deadLetters?: DeadLetterQueue;

  /** Whether a construct is one of these, whichever copy of this package has made it. */
  static isEventRule(construct: object): construct is EventRule {
    return isMarked(construct, "EventRule");
  }

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EventRuleProps,
  ) {
    super(scope, id);
    mark(this, "EventRule");
    const { bus, target } = props;
    const config = parseConfig(eventRuleConfig, props.config, this.node.path);
    const name = parseConfig(kebabName(40), props.name, `${this.node.path}: name`);
    const arn = "aliasArn" in target ? target.aliasArn : target.queueArn;
    this.checkTarget(arn, bus.region);
    const provider = deploymentStackOf(this).providers.in(bus.region);
    // The name is taken from the ARN, so that the rule depends on the bus.
    const eventBusName = Fn.element(Fn.split("/", bus.eventBusArn), 1);

    const rule = new CloudwatchEventRule(this, "rule", {
      provider,
      name,
      description: config.description,
      eventBusName,
      eventPattern: JSON.stringify(config.eventPattern),
      state: config.enabled ? "ENABLED" : "DISABLED",
    });
    this.target = new CloudwatchEventTarget(this, "target", {
      provider,
      rule: rule.name,
      eventBusName,
      targetId: name,
      arn,
      ...("policy" in target && target.policy ? { dependsOn: [target.policy] } : {}),
      retryPolicy: {
        maximumRetryAttempts: config.maximumRetryAttempts,
        maximumEventAgeInSeconds: config.maximumEventAgeSeconds,
      },
    });
    const allow = "aliasArn" in target ? target.allowInvoke.bind(target) : target.allowSend.bind(target);
    allow(`event-${name}`, "events.amazonaws.com", rule.arn);
    this.ruleArn = rule.arn;
    if (props.deadLetters) this.addDeadLetters();
  }

  /** Queue of events that could not be delivered, if they are kept. */
  get deadLetterQueueArn(): string | undefined {
    return this.deadLetters?.queueArn;
  }

  /** Keeps events that could not be delivered in a queue, with alarms; a second call changes nothing. */
  addDeadLetters(): void {
    if (this.deadLetters) return;
    const { bus, name, deadLetterAgeSeconds, alarms } = this.props;
    this.deadLetters = eventDeadLetters(this, {
      config: { deadLetterAgeSeconds },
      name: `${bus.eventBusName}-${name}`,
      region: bus.region,
      senderArn: this.ruleArn,
      alarms,
    });
    this.target.putDeadLetterConfig({ arn: this.deadLetters.queueArn });
    this.target.dependsOn = [...(this.target.dependsOn ?? []), dependable(this.deadLetters.policy)];
  }

  private checkTarget(arn: string, region: string): void {
    if (Token.isUnresolved(arn)) return;
    const [, , service, targetRegion, , ...rest] = arn.split(":");
    if (service !== "lambda" && service !== "sqs") {
      throw new ConstructError(this, `the target "${arn}" is neither a function nor a queue`, "use the ARN of one");
    }
    if (targetRegion !== region) {
      throw new ConstructError(
        this,
        `the target "${arn}" is not in the region of the bus, ${region}`,
        "use a target in the same region, so that each region works without the other",
      );
    }
    if (service === "lambda" && (rest.length !== 3 || rest[2] === "$LATEST")) {
      throw new ConstructError(this, `the target "${arn}" is not an alias`, "use the ARN of an alias of the function");
    }
    if (service === "sqs" && arn.endsWith(".fifo")) {
      throw new ConstructError(this, `the target "${arn}" is a FIFO queue`, "use a standard queue");
    }
  }
}
