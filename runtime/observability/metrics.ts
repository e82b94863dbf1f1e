/** One measurement in the embedded metric format. */
export interface Measurement {
  /** CloudWatch namespace. */
  readonly namespace: string;
  /** What the metrics are told apart by; alarms name exactly these. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, { readonly value: number; readonly unit: "Count" | "None" }>>;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * The line of JSON, without its end, that CloudWatch turns into metrics. It goes to standard output as it is, because
 * `console.log` wraps it in a function whose log format is JSON.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ namespace, dimensions, metrics, timestamp }: Measurement): string {
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [Object.keys(dimensions)],
          Metrics: Object.entries(metrics).map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value])),
  });
}

/** Where lines of metrics go. */
export type WriteLine = (line: string) => void;

/** Writes a line to standard output, past `console`. */
export const writeToStandardOutput: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};
