import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import {
  acceptFinding,
  deploymentStackOf,
  iamRole,
  type PolicyStatement,
  partitionOf,
  policyDocument,
  type RegionalKey,
  resourceName,
  schedulerTrust,
} from "../core";
import { standardQueue } from "../dead-letter-queue";
import { type EventBusReference, heartbeatSource, publishStatement } from "../event-bus";

export interface HeartbeatProps {
  /** The endpoint's name. */
  readonly name: string;
  readonly account: string;
  /** The bus in the region that the health check monitors. */
  readonly bus: EventBusReference;
  /** Which of the endpoint's buses it is, where that is not home: roles are of the whole account, and need a name each. */
  readonly place?: "standby";
  /** Encrypts the schedule; without it, EventBridge Scheduler uses a key of its own. */
  readonly key?: Pick<RegionalKey, "arnIn">;
}

/** The shortest retention that SQS allows: nobody reads heartbeats. */
const messageRetentionSeconds = 60;

/**
 * Puts one event a minute on a bus. Latency is measured from an event to the first call of a rule's target, so
 * without events there is no metric, and the region would look broken. The event bypasses the endpoint, so that its
 * recovery is noticed as well.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export class Heartbeat extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: HeartbeatProps,
  ) {
    super(scope, id);
    this.addRule();
    this.addSchedule();
  }

  /** EventBridge Scheduler calls PutEvents itself, so there is no function that could fail or be throttled. */
  private addSchedule(): void {
    const { name, account, bus, place } = this.props;
    const scheduleName = resourceName(this, [name, "heartbeat"], 64);
    const source = `arn:${partitionOf(bus.region)}:scheduler:${bus.region}:${account}`;
    const keyArn = this.props.key?.arnIn(bus.region);
    const role = iamRole(this, "role", {
      provider: this.provider,
      name: resourceName(this, [name, ...(place ? [place] : []), "heartbeat"], 64),
      assumeRolePolicy: schedulerTrust(account, `${source}:schedule-group/default`),
    });
    const policy = new IamRolePolicy(this, "policy", {
      provider: this.provider,
      name: "heartbeat",
      role: role.name,
      policy: policyDocument([
        publishStatement([bus.eventBusArn], { sources: [heartbeatSource] }),
        ...(keyArn === undefined ? [] : [decryptStatement(keyArn, `${source}:schedule/default/${scheduleName}`)]),
      ]),
    });
    const schedule = new SchedulerSchedule(this, "schedule", {
      provider: this.provider,
      name: scheduleName,
      description: `Keeps the metric alive that the health check of ${name} looks at`,
      groupName: "default",
      state: "ENABLED",
      kmsKeyArn: keyArn,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: bus.eventBusArn,
        roleArn: role.arn,
        input: JSON.stringify({ endpoint: name }),
        eventbridgeParameters: { source: heartbeatSource, detailType: "Heartbeat" },
        // A late heartbeat proves nothing, and the next one follows soon.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
      dependsOn: [policy],
    });
    if (keyArn === undefined) {
      acceptFinding(schedule, "CKV_AWS_297", "It holds the name of the endpoint and nothing else; no key was passed.");
    }
  }

  /** The cheapest possible target: a queue that discards its messages. */
  private addRule(): void {
    const { name, bus } = this.props;
    // The name is taken from the ARN, so that the rule depends on the bus.
    const eventBusName = Fn.element(Fn.split("/", bus.eventBusArn), 1);
    const rule = new CloudwatchEventRule(this, "rule", {
      provider: this.provider,
      name: "heartbeat-of-endpoint",
      description: "Gives heartbeats a target, as latency is measured up to the call of one",
      eventBusName,
      eventPattern: JSON.stringify({ source: [heartbeatSource] }),
      state: "ENABLED",
    });
    const { queue, policy } = standardQueue(this, {
      name: resourceName(this, [name, "heartbeat"], 80),
      region: bus.region,
      messageRetentionSeconds,
      sender: { sid: "SendHeartbeats", service: "events.amazonaws.com", sourceArn: rule.arn },
    });
    new CloudwatchEventTarget(this, "target", {
      provider: this.provider,
      rule: rule.name,
      eventBusName,
      targetId: "queue",
      arn: queue.arn,
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      dependsOn: [policy],
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.props.bus.region);
  }
}

/** Lets the role of a schedule decrypt it. @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html */
const decryptStatement = (keyArn: string, scheduleArn: string): PolicyStatement => ({
  actions: ["kms:Decrypt"],
  resources: [keyArn],
  conditions: { StringEquals: { "kms:EncryptionContext:aws:scheduler:schedule:arn": scheduleArn } },
});
