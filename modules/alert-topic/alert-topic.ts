import { createHash } from "node:crypto";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, parseConfig, type RegionalKey } from "../core";
import { type AlertTopicInput, alertTopicConfig } from "./config";
import { topicPolicy } from "./topic-policy";

export interface AlertTopicProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: AlertTopicInput;
  /** The topic's name, `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** The region whose alarms the topic receives: an alarm can only notify a topic in its own region. */
  readonly region: string;
  /** AWS account id, 12 digits. Only alarms and budgets of this account may publish. */
  readonly account: string;
  /** Encrypts the messages; its policy must allow cloudwatch, events and budgets to use it. */
  readonly key: RegionalKey;
}

/**
 * An encrypted SNS topic, with its subscriptions, for the alarms, key events and budget notifications of one region.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export class AlertTopic extends Construct {
  readonly arn: string;
  readonly region: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const config = parseConfig(alertTopicConfig, props.config, this.node.path);
    const { region, account, name } = props;
    if (!/^[a-zA-Z0-9_-]{1,256}$/.test(name)) {
      throw new ConstructError(this, `"${name}" is not a valid topic name`, "use 1 to 256 letters, digits, _ and -");
    }
    const provider = deploymentStackOf(this).providers.in(region);
    this.region = region;

    const topic = new SnsTopic(this, "topic", {
      provider,
      name,
      kmsMasterKeyId: props.key.arnIn(region),
      // SHA-256 instead of SHA-1 for the signature that https endpoints verify.
      signatureVersion: 2,
    });
    this.arn = topic.arn;
    const policy = new SnsTopicPolicy(this, "policy", {
      provider,
      arn: topic.arn,
      policy: topicPolicy({ topicArn: topic.arn, region, account }),
    });
    // The policy denies insecure transport, so it must be in place before the first message.
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

/** The id depends on the endpoint only, so removing one from the list leaves the others confirmed. */
function fingerprint(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 8);
}
