import type { PolicyStatement } from "../core";

/** A collector of OpenTelemetry beside the code of a task, which takes its traces to X-Ray. */
export interface TaskCollector {
  /** Pinned by digest; one in ECR is pulled from the repository of the region. */
  readonly image: string;
  /** Memory that it may have of the task, in MiB. */
  readonly memoryMebibytes: number;
}

/** Where the code posts its spans to: containers of a task share their address. */
export const collectorEndpoint = "http://127.0.0.1:4318/v1/traces";

/** What the collector may do, as the role of the task. @see https://docs.aws.amazon.com/xray/latest/devguide/security_iam_id-based-policy-examples.html */
export const collectorStatement: PolicyStatement = {
  sid: "WriteTraces",
  actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resources: ["*"],
  wildcards: { resource: "X-Ray has no resources for these actions: IAM takes nothing but *." },
};

/**
 * The container definition of a collector. It reads its configuration from a variable, as AWS's distribution does; JSON is YAML.
 * @see https://aws-otel.github.io/docs/setup/ecs/config-through-ssm
 */
export const collectorDefinition = (
  { memoryMebibytes }: TaskCollector,
  { image, region, logGroupName }: { readonly image: string; readonly region: string; readonly logGroupName: string },
) => ({
  name: "collector",
  image,
  // The code goes on without its traces.
  essential: false,
  user: "65532:65532",
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
  memory: memoryMebibytes,
  environment: [
    {
      name: "AOT_CONFIG_CONTENT",
      value: JSON.stringify({
        receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" } } } },
        processors: { batch: {} },
        exporters: { awsxray: { region } },
        service: { pipelines: { traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["awsxray"] } } },
      }),
    },
  ],
  logConfiguration: {
    logDriver: "awslogs",
    options: {
      "awslogs-group": logGroupName,
      "awslogs-region": region,
      "awslogs-stream-prefix": "collector",
      mode: "non-blocking",
    },
  },
});
