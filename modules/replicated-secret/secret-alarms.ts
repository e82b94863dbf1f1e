import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, resourceName } from "../core";

export interface SecretAlarmsProps {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly target: AlarmTarget;
}

/** The name of a secret for use in names of rules and alarms, which do not allow slashes. */
export function flatName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/g, "-");
}

/** The events that Secrets Manager sends when a rotation fails. */
const failures = ["RotationFailed", "TestRotationFailed", "RotationAbandoned"];

/** The API calls that put a secret at risk, and the one that undoes a deletion. */
const calls = [
  "DeleteSecret",
  "CancelRotateSecret",
  "PutResourcePolicy",
  "DeleteResourcePolicy",
  "RemoveRegionsFromReplication",
  "StopReplicationToReplica",
  "RestoreSecret",
];

/**
 * Notifies the topic of one region of failed rotations and risky changes to the secret. The events come through
 * CloudTrail on a best-effort basis, and need a trail that records management events in the region.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
export class SecretAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecretAlarmsProps,
  ) {
    super(scope, id);
    const { region, name, arn } = props;
    this.addRule("rotation", {
      description: `Failed rotations of the secret ${name}.`,
      pattern: {
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: {
          eventSource: ["secretsmanager.amazonaws.com"],
          eventName: failures,
          additionalEventData: { SecretId: [arn] },
        },
      },
      inputPaths: { event: "$.detail.eventName", time: "$.time" },
      text: `Secret ${name} in ${region}: <event> at <time>. The present value stays in use and Secrets Manager tries again; read the log of the rotation function before the next rotation is due.`,
    });
    this.addRule("calls", {
      description: `Changes that endanger the secret ${name}.`,
      pattern: {
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["secretsmanager.amazonaws.com"],
          eventName: calls,
          // Callers may use the secret's ARN or its name.
          requestParameters: { secretId: [arn, name] },
        },
      },
      inputPaths: { event: "$.detail.eventName", user: "$.detail.userIdentity.arn", time: "$.time" },
      text: `Secret ${name} in ${region}: <event> by <user> at <time>. If nobody announced this, restore the secret, its policy or its rotation first, then ask.`,
    });
  }

  private addRule(
    id: string,
    rule: { description: string; pattern: object; inputPaths: Record<string, string>; text: string },
  ): void {
    const { region, name, target } = this.props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { name: ruleName } = new CloudwatchEventRule(this, id, {
      provider,
      name: resourceName(this, [flatName(name), "secret", id], 64),
      description: rule.description.slice(0, 512),
      eventPattern: JSON.stringify(rule.pattern),
    });
    new CloudwatchEventTarget(this, `${id}-topic`, {
      provider,
      rule: ruleName,
      arn: target.topicArn(region),
      inputTransformer: { inputPaths: rule.inputPaths, inputTemplate: JSON.stringify(rule.text) },
    });
  }
}
