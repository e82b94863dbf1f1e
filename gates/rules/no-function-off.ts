import type { Gate } from "../../contract/gate";
import { type ChangedArgument, findingsOfArguments, shown } from "../changed-arguments";

/** Switches that other gates judge, or that cost money and nothing else. */
const otherwiseJudged = new Set([
  "deletion_protection_enabled",
  "enable_deletion_protection",
  "ttl.enabled",
  "is_enabled",
  "enable_key_rotation",
  "key_rotation_enabled",
  "point_in_time_recovery.enabled",
  "server_side_encryption.enabled",
  "sqs_managed_sse_enabled",
  "versioning.enabled",
  "bucket_key_enabled",
  "rule.bucket_key_enabled",
]);

const keyTypes = /^aws_kms_/;

/** Where something goes that could not be handled, or what happened is written down: gone is lost. */
const places: readonly RegExp[] = [
  /(^|\.)dead_letter_config\.(arn|target_arn)$/,
  /^redrive_policy$/,
  /(^|\.)on_failure\.(destination|destination_arn)$/,
  /^access_log_settings\.destination_arn$/,
  /^access_logs?\.(bucket|enabled)$/,
  /^logging_config(uration)?\.(bucket|log_destination_configs|log_group|level)$/,
  /^log_destination_configs$/,
  /^destination_config\..*arn$/,
  /^(ok|alarm|insufficient_data)_actions$/,
  /^enabled_cloudwatch_logs_exports$/,
  /^notification\.subscriber_(email_addresses|sns_topic_arns)$/,
];

/** Numbers that switch something off when they become 0. */
const amounts = /^(reserved_concurrent_executions|desired_count|monitoring_interval|max_capacity)$/;

/** Nothing that runs, watches, replicates or keeps failed events is switched off. */
export const noFunctionOff: Gate = {
  id: "no-function-off",
  statement:
    "Nothing that is on is switched off: streams, rules, replication, alarms, logs, and the places for failed events.",
  why: "Nothing fails at once. Events are lost and alarms stay silent, and it is noticed when they are needed.",
  howToFix:
    "keep it on; if it is meant to stop, name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan) =>
    findingsOfArguments(plan, (argument) => {
      const { name, before, after } = argument;
      const what = whatStops(argument);
      return what && `${name} would be ${shown(after)} in place of ${shown(before)}; ${what}`;
    }),
};

function whatStops({ resource, name, last, before, after, isUnknown }: ChangedArgument): string | undefined {
  if (isUnknown) return undefined;
  if (name === "stream_view_type" && before && after !== before) {
    return "the stream would be ended and another one begun, so what is not read yet is lost, and who reads it by its ARN finds nothing";
  }
  if (otherwiseJudged.has(name) || keyTypes.test(resource.type)) return undefined;
  if (before === true && after !== true && /(^|_)enabled?($|_)/.test(last)) return "it would be switched off";
  if (last === "disabled" && after === true && before !== true) return "it would be switched off";
  if (/^(state|status)$/.test(last) && isOn(before) && !isOn(after)) return "it would be switched off";
  if (amounts.test(last) && typeof before === "number" && before !== 0 && after === 0) return "it would stand still";
  if (places.some((place) => place.test(name)) && lacks(before, after)) {
    return "what went there would be lost";
  }
  return undefined;
}

const isOn = (value: unknown): boolean => typeof value === "string" && /^(enabled|active)/i.test(value);

/** Whether a place is gone, or one of several. Another place is none that is lost. */
function lacks(before: unknown, after: unknown): boolean {
  if (Array.isArray(before)) {
    const kept = Array.isArray(after) ? after : [];
    return before.length > kept.length && before.some((one) => !kept.includes(one));
  }
  return Boolean(before) && !after;
}
