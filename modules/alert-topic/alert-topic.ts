import { createHash } from "node:crypto";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, parseConfig, type RegionalKey } from "../core";
import { type AlertTopicInput, alertTopicConfig } from "./config";
import { topicPolicy } from "./topic-policy";

export interface AlertTopicProps {
  readonly config: AlertTopicInput;
  /** The name of the topic: `<environment>-<name>`; never changes. */
  readonly name: string;
  /** The region whose alarms the topic takes: CloudWatch reports to topics of its own region only. */
  readonly region: string;
  /** AWS account id, 12 digits: the only account whose alarms and budgets may publish. */
  readonly account: string;
  /** Encrypts the messages; its policy must let cloudwatch, events and budgets use it. */
  readonly key: RegionalKey;
}

/**
 * The topic that one region's alarms, key events and budgets report to, encrypted, with its subscriptions.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class AlertTopic extends Construct {
  /** The ARN of the topic. */
  readonly arn: string;
  readonly region: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const config = parseConfig(alertTopicConfig, props.config, this.node.path);
    const { region, account, name } = props;
    if (!/^[a-zA-Z0-9_-]{1,256}$/.test(name)) {
      throw new ConstructError(this, `"${name}" is no name for a topic`, "use 1 to 256 letters, digits, _ and -");
    }
    const provider = deploymentStackOf(this).providers.in(region);
    this.region = region;

    const topic = new SnsTopic(this, "topic", {
      provider,
      name,
      kmsMasterKeyId: props.key.arnIn(region),
      // SHA-256 instead of SHA-1 in the signature that https endpoints check.
      signatureVersion: 2,
    });
    this.arn = topic.arn;
    const policy = new SnsTopicPolicy(this, "policy", {
      provider,
      arn: topic.arn,
      policy: topicPolicy({ topicArn: topic.arn, region, account }),
    });
    // The policy denies insecure transport, so it comes before the first message.
    const common = { provider, topicArn: topic.arn, dependsOn: [policy] };
    for (const endpoint of config.emails) {
      new SnsTopicSubscription(this, `email-${fingerprint(endpoint)}`, { ...common, protocol: "email", endpoint });
    }
    for (const endpoint of config.httpsEndpoints) {
      const id = `https-${fingerprint(endpoint)}`;
      new SnsTopicSubscription(this, id, { ...common, protocol: "https", endpoint, endpointAutoConfirms: true });
    }
  }
}

/** Part of an address that follows from the endpoint alone: taking one off the list leaves the others confirmed. */
function fingerprint(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 8);
}
