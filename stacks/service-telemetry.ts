import type { ServiceTelemetry } from "../blueprints/regional-service";
import type { TracingConfig } from "../contract";

/** How the functions of services in a region are traced, where it is not by X-Ray. */
export function serviceTelemetry(tracing: TracingConfig | undefined, region: string): ServiceTelemetry | undefined {
  const { openTelemetry, layer } = tracing ?? {};
  if (openTelemetry) return byOpenTelemetry(openTelemetry, region);
  if (!layer) return undefined;
  const arn = inRegion(layer.arns, region);
  return {
    openTelemetry: false,
    variables: {
      ...layer.variables,
      ...(layer.execWrapper ? { AWS_LAMBDA_EXEC_WRAPPER: layer.execWrapper } : {}),
    },
    layerArns: arn ? [arn] : [],
  };
}

function byOpenTelemetry(
  {
    endpoints,
    headers,
    headersSecretArns,
    headersKeyArns = {},
    ...config
  }: NonNullable<TracingConfig["openTelemetry"]>,
  region: string,
): ServiceTelemetry {
  const pairs = (values: Readonly<Record<string, string>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join(",");
  const further = {
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: pairs(headers),
    OTEL_RESOURCE_ATTRIBUTES: pairs(config.resourceAttributes),
  };
  return {
    openTelemetry: true,
    variables: {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: inRegion(endpoints, region) ?? "",
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: String(config.timeoutMs),
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: String(config.sampleRatio),
      ...Object.fromEntries(Object.entries(further).filter(([, value]) => value !== "")),
    },
    layerArns: [],
    headersSecretArn: inRegion(headersSecretArns, region),
    headersKeyArn: inRegion(headersKeyArns, region),
  };
}

const inRegion = (values: Readonly<Record<string, string | undefined>>, region: string): string | undefined =>
  values[region];
