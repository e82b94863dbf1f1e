import { codeName } from "../environment/code-name.js";
import { integer, number, readEnvironment, string } from "../environment/environment.js";
import { secretsManagerSource } from "../secrets/secret-source.js";
import { OpenTelemetry } from "./open-telemetry.js";
import { resourceAttributes, resourceVariables } from "./resource.js";
import { SpanBuffer } from "./span-buffer.js";

/** The variables that the toolkit gives a function that traces by OpenTelemetry, named as its specification does where it names them. */
export const tracingVariables = {
  /** Where spans are posted to, path included. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: string(),
  /** How long an invocation waits for the receiver, in milliseconds. */
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: integer(1, 60_000).default(500),
  /** The share of traces that begin here and are recorded; whoever began a trace elsewhere has decided for it. */
  OTEL_TRACES_SAMPLER_ARG: number(0, 1).default(1),
  /** ARN of the secret with the headers of the receiver, as a JSON object; empty for a receiver that needs none. */
  TRACE_HEADERS_SECRET_ARN: string().default(""),
};

/** OpenTelemetry by the variables of the function. @throws EnvironmentError */
export function openTelemetryFromEnvironment(
  source: Readonly<Record<string, string | undefined>> = process.env,
): OpenTelemetry {
  const environment = readEnvironment({ ...tracingVariables, ...resourceVariables }, source);
  const secretArn = environment.TRACE_HEADERS_SECRET_ARN;
  return new OpenTelemetry({
    resource: resourceAttributes(environment),
    sampleRatio: environment.OTEL_TRACES_SAMPLER_ARG,
    buffer: new SpanBuffer({
      url: environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
      timeoutMs: environment.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT,
      functionName: codeName(source) ?? "",
      headers: secretArn ? secretsManagerSource({ secretArn, region: environment.AWS_REGION }) : undefined,
    }),
  });
}
