import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, resourceName } from "../core";

export interface KeyAlarmsProps {
  readonly region: string;
  /** The alias name, without `alias/`. */
  readonly name: string;
  readonly keyArn: string;
  readonly target: AlarmTarget;
}

/** The API calls that put a key at risk, and those that undo them. */
const calls = [
  "DisableKey",
  "ScheduleKeyDeletion",
  "DisableKeyRotation",
  "PutKeyPolicy",
  "UpdatePrimaryRegion",
  "EnableKey",
  "CancelKeyDeletion",
];

/**
 * Rules on the default event bus of one region that notify the topic of changes to the key. Both kinds of event are
 * delivered on a best-effort basis. API events need a CloudTrail trail that records management events in the region.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html
 */
export class KeyAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: KeyAlarmsProps,
  ) {
    super(scope, id);
    this.addRule("calls", {
      description: `Changes that endanger the key ${props.name}.`,
      pattern: {
        source: ["aws.kms"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["kms.amazonaws.com"],
          eventName: calls,
          // Callers may use the key id, ARN or alias; CloudTrail always adds the ARN.
          resources: { ARN: [props.keyArn] },
        },
      },
      inputPaths: { event: "$.detail.eventName", user: "$.detail.userIdentity.arn", time: "$.time" },
      text: `KMS key ${props.name} in ${props.region}: <event> by <user> at <time>. A key that is disabled or deleted makes its data unreadable. If nobody announced this, enable the key or cancel its deletion first, then ask.`,
    });
    this.addRule("events", {
      description: `Rotation and deletion of the key ${props.name}.`,
      pattern: {
        source: ["aws.kms"],
        "detail-type": ["KMS CMK Deletion", "KMS CMK Rotation"],
        resources: [props.keyArn],
      },
      inputPaths: { event: "$.detail-type", time: "$.time" },
      text: `KMS key ${props.name} in ${props.region}: <event> at <time>. Rotation needs no action; after a deletion, what the key encrypted in this region can no longer be read.`,
    });
  }

  private addRule(
    id: string,
    rule: { description: string; pattern: object; inputPaths: Record<string, string>; text: string },
  ): void {
    const { region, name: key, target } = this.props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { name } = new CloudwatchEventRule(this, id, {
      provider,
      name: resourceName(this, [key.replaceAll("/", "-"), "key", id], 64),
      description: rule.description,
      eventPattern: JSON.stringify(rule.pattern),
    });
    new CloudwatchEventTarget(this, `${id}-topic`, {
      provider,
      rule: name,
      arn: target.topicArn(region),
      inputTransformer: { inputPaths: rule.inputPaths, inputTemplate: JSON.stringify(rule.text) },
    });
  }
}
