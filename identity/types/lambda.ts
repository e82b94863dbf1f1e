import { lambdaFunction, qualifier, text } from "../forms";
import type { Rules } from "../rule";

const ofFunction = { function_name: lambdaFunction, qualifier };

/** @see https://docs.aws.amazon.com/lambda/latest/api/ */
export const lambda: Rules = {
  aws_lambda_function: { scope: "region", name: "function {function_name}", read: { function_name: lambdaFunction } },
  aws_lambda_alias: {
    scope: "region",
    name: "alias {name} of function {function_name}",
    read: { function_name: lambdaFunction },
  },
  aws_lambda_layer_version_permission: {
    scope: "region",
    name: "permission {statement_id} of version {version_number} of layer {layer_name}",
  },
  aws_lambda_permission: {
    scope: "region",
    name: "permission {statement_id} of function {function_name}, version {qualifier}",
    read: ofFunction,
  },
  aws_lambda_provisioned_concurrency_config: {
    scope: "region",
    name: "the provisioned concurrency of function {function_name}, version {qualifier}",
    read: ofFunction,
  },
  aws_lambda_function_event_invoke_config: {
    scope: "region",
    name: "the asynchronous settings of function {function_name}, version {qualifier}",
    read: ofFunction,
  },
  aws_lambda_function_recursion_config: {
    scope: "region",
    name: "the recursion of function {function_name}",
    read: { function_name: ofFunction.function_name },
  },
  aws_lambda_runtime_management_config: {
    scope: "region",
    name: "the runtime settings of function {function_name}, version {qualifier}",
    read: ofFunction,
  },
  aws_lambda_function_url: {
    scope: "region",
    name: "the URL of function {function_name}, version {qualifier}",
    read: ofFunction,
  },
  aws_lambda_event_source_mapping: {
    scope: "region",
    name: "the mapping of {event_source_arn} to function {function_name}, version {qualifier}",
    read: { ...ofFunction, event_source_arn: text },
  },
};
