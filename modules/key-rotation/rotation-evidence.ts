import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Construct } from "constructs";
import { deploymentStackOf, LogGroup, partitionOf, policyDocument, type RegionalKey, resourceName } from "../core";

export interface RotationEvidenceProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** ARNs of the keys in the region. */
  readonly keyArns: readonly string[];
  readonly retentionDays: number;
  /** Encrypts the log. */
  readonly key: RegionalKey;
}

/** The API calls that request a rotation or turn rotation on or off. */
const calls = ["RotateKeyOnDemand", "EnableKeyRotation", "DisableKeyRotation"];

/**
 * A log of every rotation: what KMS reports for each, automatic or on demand, and who requested it, from CloudTrail.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html
 */
export class RotationEvidence extends Construct {
  readonly logGroupName: string;

  constructor(scope: Construct, id: string, props: RotationEvidenceProps) {
    super(scope, id);
    const { name, region, account, keyArns } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const group = new LogGroup(this, "log-group", {
      provider,
      // EventBridge's usual prefix: existing policies for EventBridge may rely on it.
      name: `/aws/events/${name}`,
      retentionDays: props.retentionDays,
      keyArn: props.key.arnIn(region),
    });
    this.logGroupName = group.name;
    const rule = (what: string, description: string, pattern: object) =>
      new CloudwatchEventRule(this, what, {
        provider,
        name: resourceName(this, [name, what], 64),
        description,
        eventPattern: JSON.stringify({ source: ["aws.kms"], ...pattern }),
      });
    const rules = {
      rotations: rule("rotations", "Keeps what KMS reports of rotations.", {
        "detail-type": ["KMS CMK Rotation"],
        resources: keyArns,
      }),
      calls: rule("calls", "Keeps who asked for rotations, or switched them on or off.", {
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: { eventSource: ["kms.amazonaws.com"], eventName: calls, resources: { ARN: keyArns } },
      }),
    };
    const policy = new CloudwatchLogResourcePolicy(this, "policy", {
      provider,
      policyName: resourceName(this, [name, "events"], 256),
      policyDocument: evidencePolicy(
        `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:/aws/events/${name}`,
        Object.values(rules).map(({ arn }) => arn),
      ),
    });
    for (const [what, { name: ruleName }] of Object.entries(rules)) {
      new CloudwatchEventTarget(this, `${what}-log`, {
        provider,
        rule: ruleName,
        arn: group.arn,
        // Without the policy, events would be lost silently.
        dependsOn: [policy],
      });
    }
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-cloudwatchlogs-permissions */
function evidencePolicy(logGroupArn: string, ruleArns: readonly string[]): string {
  const principals = { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] };
  const resources = [`${logGroupArn}:*`];
  return policyDocument([
    { sid: "Streams", principals, actions: ["logs:CreateLogStream"], resources },
    {
      sid: "Events",
      principals,
      actions: ["logs:PutLogEvents"],
      resources,
      conditions: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
  ]);
}
