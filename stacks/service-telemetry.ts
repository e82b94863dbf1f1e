import type { ServiceTelemetry } from "../blueprints/regional-service";
import type { DeploymentFacts, TracingConfig } from "../contract";
import { collectorEndpoint, type TaskCollector } from "../modules/container-service";

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

/** How containers in a region are traced: what their code is told, and the collector beside it. */
export interface ContainerTelemetry {
  readonly telemetry?: ServiceTelemetry;
  readonly collector?: TaskCollector;
}

/** How containers in a region are traced; a layer is for functions. */
export function containerTelemetry(tracing: TracingConfig | undefined, region: string): ContainerTelemetry {
  const { openTelemetry, collector } = tracing ?? {};
  if (openTelemetry) return { telemetry: byOpenTelemetry(openTelemetry, region) };
  if (!collector) return {};
  return {
    collector,
    telemetry: {
      openTelemetry: true,
      variables: {
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collectorEndpoint,
        OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
        OTEL_TRACES_SAMPLER_ARG: String(collector.sampleRatio),
      },
      layerArns: [],
    },
  };
}

/** What is reached privately to send traces, by its addresses; none where it is on the internet, or beside a task. */
export function traceReceivers({ telemetry, homeRegion }: Pick<DeploymentFacts, "telemetry" | "homeRegion">) {
  const { privateAccess, endpoints = {} } = telemetry?.openTelemetry ?? {};
  const { port, protocol } = new URL(inRegion(endpoints, homeRegion) ?? "https://localhost");
  return privateAccess ? { ...privateAccess, port: Number(port || (protocol === "http:" ? 80 : 443)) } : undefined;
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
