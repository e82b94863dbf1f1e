import { Metrics } from "@aws-lambda-powertools/metrics";

/** Units that CloudWatch knows, as far as handlers need them. */
export type MetricUnit = "Bytes" | "Count" | "Milliseconds" | "None" | "Percent" | "Seconds";

/** One measurement in the embedded metric format. */
export interface Measurement {
  /** CloudWatch namespace. */
  readonly namespace: string;
  /** What the metrics are told apart by; alarms name exactly these. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, { readonly value: number; readonly unit: MetricUnit }>>;
}

/**
 * The line of JSON, without its end, that CloudWatch turns into metrics, as of now.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLine({ namespace, dimensions, metrics }: Measurement): string {
  const line = new Metrics({ namespace });
  // Powertools adds the dimension `service`, which would make it a different metric from the one that the alarms watch.
  line.clearDefaultDimensions();
  for (const [name, value] of Object.entries(dimensions)) line.addDimension(name, value);
  for (const [name, { value, unit }] of Object.entries(metrics)) line.addMetric(name, unit, value);
  return JSON.stringify(line.serializeMetrics());
}

/** Where lines of metrics go. */
export type WriteLine = (line: string) => void;

/** Writes a line to standard output; not by `console`, which wraps it where the function's log format is JSON. */
export const writeToStandardOutput: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};
