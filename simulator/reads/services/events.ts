import { blocksOf, compact, either } from "../forms";
import { type ServiceReads, untouched } from "../rule";

/** What EventBridge Scheduler does with a schedule that says nothing. @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html */
const retries = { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 };

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html */
export const events: ServiceReads = {
  aws_cloudwatch_event_rule: {
    untouched: ["force_destroy"],
    answers: (rule) => {
      const asked = rule.state.is_enabled === false ? "DISABLED" : "ENABLED";
      const state = either(rule.state.state, asked);
      return { state, is_enabled: state !== "DISABLED", event_pattern: compact(rule.text("event_pattern")) };
    },
  },
  aws_cloudwatch_event_bus: untouched("event_source_name"),
  aws_cloudwatch_event_target: { untouched: ["force_destroy"] },
  aws_cloudwatch_event_archive: { answers: (archive) => ({ event_pattern: compact(archive.text("event_pattern")) }) },
  aws_cloudwatch_event_endpoint: {
    answers: (endpoint) => ({ replication_config: either(endpoint.state.replication_config, [{ state: "ENABLED" }]) }),
  },
  aws_scheduler_schedule: {
    answers: (schedule) => ({
      target: blocksOf(schedule.list("target")).map((target) => ({
        ...target,
        retry_policy: either(target.retry_policy, [retries]),
      })),
    }),
  },
};
