import type { ValuesRule } from "../types/type-values";
import { blocksOf } from "./read";

const most = 4096;

/** Names of variables that Lambda sets itself. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

/** The variables of a function take 4 KB in all, names included. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const variablesTogether: ValuesRule = (values) =>
  blocksOf(values, "environment").flatMap((block, index) => {
    const { variables } = block;
    if (variables === null || typeof variables !== "object" || Array.isArray(variables)) return [];
    const path = ["environment", index, "variables"];
    const size = Buffer.byteLength(JSON.stringify(variables));
    const names = Object.keys(variables);
    return [
      ...names
        .filter((name) => reserved.has(name))
        .map((name) => ({
          path: [...path, name],
          problem: "is reserved by the Lambda runtime; choose another name",
          received: name,
        })),
      ...(size > most
        ? [
            {
              path,
              problem: `takes ${size} bytes, names included; use at most ${most} bytes for all variables of a function`,
              received: names,
            },
          ]
        : []),
    ];
  });

/** Above 10 messages Lambda takes with a batching window only. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export const batchesOfQueues: ValuesRule = (values) => {
  const { batch_size: size, maximum_batching_window_in_seconds: window, event_source_arn: source } = values;
  if (typeof source !== "string" || !/^arn:[^:]+:sqs:/.test(source)) return [];
  if (typeof size !== "number" || size <= 10) return [];
  if (source.endsWith(".fifo")) {
    return [{ path: ["batch_size"], problem: "is above 10, the most of a FIFO queue; use at most 10", received: size }];
  }
  if (typeof window === "number" && window > 0) return [];
  const problem = "is above 10 without a batching window; set maximum_batching_window_in_seconds to 1 or more";
  return [{ path: ["batch_size"], problem, received: size }];
};
