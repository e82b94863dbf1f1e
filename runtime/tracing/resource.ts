import { type Environment, string } from "../environment/environment.js";

/** What tells where spans come from. */
export const resourceVariables = {
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: string().default("0"),
  AWS_LAMBDA_FUNCTION_NAME: string().default(""),
  AWS_LAMBDA_FUNCTION_VERSION: string().default(""),
  AWS_LAMBDA_LOG_GROUP_NAME: string().default(""),
  AWS_LAMBDA_LOG_STREAM_NAME: string().default(""),
  AWS_REGION: string(),
  HOSTNAME: string().default(""),
  ENVIRONMENT: string().default(""),
  SERVICE_NAME: string().default(""),
  /** What the environment adds: `key=value` pairs with commas between them, percent-encoded. */
  OTEL_RESOURCE_ATTRIBUTES: string().default(""),
};

/** Where the code runs, by the semantic conventions for functions and for containers on ECS. */
function placeOf(
  environment: Environment<typeof resourceVariables>,
): Readonly<Record<string, string | number | string[]>> {
  const functionName = environment.AWS_LAMBDA_FUNCTION_NAME;
  if (!functionName) {
    return {
      "cloud.platform": "aws_ecs",
      "service.instance.id": environment.HOSTNAME,
      "aws.log.group.names": [`/aws/ecs/${environment.ENVIRONMENT}-${environment.SERVICE_NAME}`],
    };
  }
  return {
    "cloud.platform": "aws_lambda",
    "faas.name": functionName,
    "faas.version": environment.AWS_LAMBDA_FUNCTION_VERSION,
    "faas.instance": environment.AWS_LAMBDA_LOG_STREAM_NAME,
    "faas.max_memory": Number(environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) * 1024 * 1024,
    "aws.log.group.names": [environment.AWS_LAMBDA_LOG_GROUP_NAME],
  };
}

/**
 * The resource of each span, by the semantic conventions for Lambda and the cloud; `deployment.environment` beside its newer name, as
 * many receivers group by it.
 * @see https://opentelemetry.io/docs/specs/semconv/resource/faas/
 */
export function resourceAttributes(
  environment: Environment<typeof resourceVariables>,
): Readonly<Record<string, string | number | string[]>> {
  return {
    ...addedAttributes(environment.OTEL_RESOURCE_ATTRIBUTES),
    "service.name": environment.SERVICE_NAME || environment.AWS_LAMBDA_FUNCTION_NAME,
    "deployment.environment": environment.ENVIRONMENT,
    "deployment.environment.name": environment.ENVIRONMENT,
    "cloud.provider": "aws",
    "cloud.region": environment.AWS_REGION,
    ...placeOf(environment),
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
