import { denyWithoutTls, partitionOf, policyDocument } from "../core";

/**
 * Who may publish to an alert topic: CloudWatch alarms and budgets in the account, and EventBridge.
 *
 * EventBridge does not support conditions in topic policies: with a condition, its messages would be lost.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export function topicPolicy(props: { topicArn: string; region: string; account: string }): string {
  const { topicArn, region, account } = props;
  const publish = { actions: ["sns:Publish"], resources: [topicArn] };
  const ofOurAccount = { StringEquals: { "aws:SourceAccount": account } };
  return policyDocument([
    {
      sid: "Alarms",
      principals: { Service: "cloudwatch.amazonaws.com" },
      ...publish,
      conditions: ofOurAccount,
    },
    {
      sid: "Budgets",
      principals: { Service: "budgets.amazonaws.com" },
      ...publish,
      conditions: {
        ...ofOurAccount,
        ArnLike: { "aws:SourceArn": `arn:${partitionOf(region)}:budgets::${account}:*` },
      },
    },
    { sid: "Events", principals: { Service: "events.amazonaws.com" }, ...publish },
    denyWithoutTls({ sid: "SecureTransportOnly", ...publish }),
  ]);
}
