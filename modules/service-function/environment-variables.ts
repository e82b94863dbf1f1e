/**
 * Rules for the environment variables of a Lambda function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */

/** Total size of all names and values, in bytes. */
export const environmentSizeLimit = 4096;

/** Set by the runtime. Lambda rejects functions that set one of them. */
const reservedNames: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_FORMAT",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_LEVEL",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
  "TZ",
]);

const namePattern = /^[A-Za-z][A-Za-z0-9_]+$/;
/** Returns what is wrong with a variable's name and what to do, or undefined. */
export function nameProblem(name: string): string | undefined {
  if (reservedNames.has(name)) return "is reserved by the Lambda runtime; choose another name";
  if (namePattern.test(name)) return undefined;
  return "is not a valid environment variable name; start with a letter and use at least two letters, digits or underscores";
}

/** Size of the variables as Lambda counts it: names and values, in bytes. */
export function environmentSize(variables: Readonly<Record<string, string>>): number {
  return Object.entries(variables).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}
