import type { ObjectValue, Value } from "../../protocol/values";
import { either, textOf } from "../forms";
import { type ReadSubject, type ServiceReads, untouched } from "../rule";

/** Records at once where nothing is written, by the service of the source. @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
const batchSizes: Record<string, number> = { sqs: 10, kinesis: 100, dynamodb: 100 };

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
const defaultLevel = "INFO";

/** Levels exist for JSON only, and are then always set. */
function loggingOf(fn: ReadSubject, written: ObjectValue): ObjectValue {
  const json = written.log_format === "JSON";
  const level = (name: string): Value => (json ? either(written[name], defaultLevel) : "");
  return {
    ...written,
    log_format: json ? "JSON" : "Text",
    log_group: either(written.log_group, `/aws/lambda/${fn.text("function_name")}`),
    application_log_level: level("application_log_level"),
    system_log_level: level("system_log_level"),
  };
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const lambda: ServiceReads = {
  aws_lambda_function: {
    untouched: [
      "publish",
      "filename",
      "source_code_hash",
      "skip_destroy",
      "s3_bucket",
      "s3_key",
      "s3_object_version",
      "replace_security_groups_on_destroy",
      "replacement_security_group_ids",
    ],
    answers: (fn) => {
      const logging = fn.block("logging_config");
      const network = fn.block("vpc_config");
      const subnets = Array.isArray(network.subnet_ids) ? network.subnet_ids : [];
      const subnet = fn.neighbours.of("aws_subnet").find(({ id }) => subnets.includes(id ?? ""));
      return {
        tracing_config: either(fn.state.tracing_config, [{ mode: "PassThrough" }]),
        logging_config: [loggingOf(fn, logging)],
        ...(subnet && { vpc_config: [{ ...network, vpc_id: textOf(subnet.vpc_id) }] }),
      };
    },
  },
  aws_lambda_permission: {
    absent: ["event_source_token", "function_url_auth_type", "principal_org_id", "source_account"],
    // What stands before the number that the provider has drawn.
    answers: (permission) => ({
      statement_id_prefix: /^(.*)\d{26}$/.exec(permission.text("statement_id"))?.[1] ?? "",
    }),
  },
  aws_lambda_layer_version: untouched(
    "filename",
    "source_code_hash",
    "s3_bucket",
    "s3_key",
    "s3_object_version",
    "skip_destroy",
  ),
  aws_lambda_layer_version_permission: untouched("skip_destroy"),
  aws_lambda_event_source_mapping: {
    answers: (mapping) => {
      const source = mapping.text("event_source_arn").split(":")[2] ?? "";
      const usual = batchSizes[source];
      return { ...(usual && !mapping.state.batch_size && { batch_size: usual }) };
    },
  },
  aws_lambda_provisioned_concurrency_config: untouched("skip_destroy"),
  aws_lambda_invocation: untouched("input", "result", "triggers", "terraform_key", "lifecycle_scope"),
};
