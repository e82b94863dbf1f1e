import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";

interface CostAnomaliesProps {
  readonly name: string;
  readonly region: string;
  /** Minimum unexpected cost to report, in US dollars. */
  readonly minImpactUsd: number;
  readonly existingMonitorArn?: string;
  readonly emails: readonly string[];
  /** Limits the monitor to costs with this tag; without it, it covers each service of the account. */
  readonly tag?: { readonly key: string; readonly value: string };
  readonly topicArn?: string;
}

/**
 * A cost anomaly monitor and its subscriptions: e-mail once a day, SNS immediately. AWS supports no other combinations.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription.html
 */
export class CostAnomalies extends Construct {
  readonly monitorArn: string;

  constructor(scope: Construct, id: string, props: CostAnomaliesProps) {
    super(scope, id);
    const { name, tag, topicArn } = props;
    const provider = deploymentStackOf(this).providers.in(props.region);
    this.monitorArn =
      props.existingMonitorArn ??
      new CeAnomalyMonitor(this, "monitor", {
        provider,
        name: `${name}-anomalies`,
        ...(tag
          ? { monitorType: "CUSTOM", monitorSpecification: tagExpression(tag) }
          : { monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" }),
      }).arn;
    const subscription = {
      provider,
      monitorArnList: [this.monitorArn],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(props.minImpactUsd)],
        },
      },
    };
    new CeAnomalySubscription(this, "daily", {
      ...subscription,
      name: `${name}-anomalies-daily`,
      frequency: "DAILY",
      subscriber: props.emails.map((address) => ({ type: "EMAIL", address })),
    });
    if (topicArn) {
      new CeAnomalySubscription(this, "immediate", {
        ...subscription,
        name: `${name}-anomalies-immediate`,
        frequency: "IMMEDIATE",
        subscriber: [{ type: "SNS", address: topicArn }],
      });
    }
  }
}

// With all members, as Cost Explorer returns it: otherwise every plan would show a change.
function tagExpression({ key, value }: { readonly key: string; readonly value: string }): string {
  return JSON.stringify({
    And: null,
    CostCategories: null,
    Dimensions: null,
    Not: null,
    Or: null,
    Tags: { Key: key, MatchOptions: null, Values: [value] },
  });
}
