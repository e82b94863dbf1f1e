import { share, textAt } from "../graph";
import { holdsName, nameOf } from "../names";
import { attachedTo, type Companion } from "./companion";

/** What sends or writes to something that must allow it. */
export const senders: readonly Companion[] = [
  {
    statement: "the permission to send before a bus, or a target of a rule, that sends to a queue",
    of: ["aws_cloudwatch_event_bus", "aws_cloudwatch_event_target"],
    needed: (later, graph) =>
      graph
        .referredTo(later, /^(dead_letter_config\.)?arn$/)
        .flatMap((queue) => attachedTo(graph, queue, ["aws_sqs_queue_policy"], "queue_url")),
  },
  {
    statement: "the permission to write before a target that is a log group",
    of: ["aws_cloudwatch_event_target"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "arn")
        .filter(({ type }) => type === "aws_cloudwatch_log_group")
        .flatMap((group) =>
          graph
            .ofType("aws_cloudwatch_log_resource_policy")
            .filter((policy) => share(policy, later))
            .filter(
              (policy) =>
                graph.comesBefore(group, policy) ||
                holdsName(textAt(policy, "policy_document") ?? "", nameOf(group) ?? "?"),
            ),
        ),
  },
  {
    statement: "the permission to publish before a subscription, a budget or another sender that tries it",
    of: ["aws_sns_topic_subscription", "aws_budgets_budget", "aws_ce_anomaly_subscription"],
    needed: (later, graph) =>
      graph
        .referredTo(later, /./)
        .filter(({ type }) => type === "aws_sns_topic")
        .flatMap((topic) => attachedTo(graph, topic, ["aws_sns_topic_policy"], "arn")),
  },
  {
    statement: "the permission to write before a delivery of logs to a bucket",
    of: ["aws_cloudwatch_log_delivery"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "delivery_destination_arn")
        .flatMap((destination) => graph.referredTo(destination, /destination_resource_arn$/))
        .flatMap((bucket) => attachedTo(graph, bucket, ["aws_s3_bucket_policy"], "bucket")),
  },
  {
    statement: "what blocks public access before the policy of a bucket, as they are changed one at a time",
    of: ["aws_s3_bucket_policy"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "bucket")
        .flatMap((bucket) => attachedTo(graph, bucket, ["aws_s3_bucket_public_access_block"], "bucket")),
  },
];
