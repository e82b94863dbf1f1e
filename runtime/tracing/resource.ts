import { type Environment, string } from "../environment/environment.js";

/** What tells where spans come from. */
export const resourceVariables = {
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: string().default("0"),
  AWS_LAMBDA_FUNCTION_NAME: string().default(""),
  AWS_LAMBDA_FUNCTION_VERSION: string().default(""),
  AWS_LAMBDA_LOG_GROUP_NAME: string().default(""),
  AWS_LAMBDA_LOG_STREAM_NAME: string().default(""),
  AWS_REGION: string(),
  ENVIRONMENT: string().default(""),
  SERVICE_NAME: string().default(""),
  /** What the environment adds: `key=value` pairs with commas between them, percent-encoded. */
  OTEL_RESOURCE_ATTRIBUTES: string().default(""),
};

/**
 * The resource of each span, by the semantic conventions for Lambda and the cloud; `deployment.environment` beside its newer name, as
 * many receivers group by it.
 * @see https://opentelemetry.io/docs/specs/semconv/resource/faas/
 */
export function resourceAttributes(
  environment: Environment<typeof resourceVariables>,
): Readonly<Record<string, string | number | string[]>> {
  const functionName = environment.AWS_LAMBDA_FUNCTION_NAME;
  return {
    ...addedAttributes(environment.OTEL_RESOURCE_ATTRIBUTES),
    "service.name": environment.SERVICE_NAME || functionName,
    "deployment.environment": environment.ENVIRONMENT,
    "deployment.environment.name": environment.ENVIRONMENT,
    "cloud.provider": "aws",
    "cloud.platform": "aws_lambda",
    "cloud.region": environment.AWS_REGION,
    "faas.name": functionName,
    "faas.version": environment.AWS_LAMBDA_FUNCTION_VERSION,
    "faas.instance": environment.AWS_LAMBDA_LOG_STREAM_NAME,
    "faas.max_memory": Number(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024,
    "aws.log.group.names": [environment.AWS_LAMBDA_LOG_GROUP_NAME],
    "telemetry.sdk.name": "opentelemetry",
    "telemetry.sdk.language": "nodejs",
  };
}

const addedAttributes = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(",")
      .filter((pair) => pair.includes("="))
      .map((pair) => {
        const at = pair.indexOf("=");
        return [decodeURIComponent(pair.slice(0, at)), decodeURIComponent(pair.slice(at + 1))];
      }),
  );
