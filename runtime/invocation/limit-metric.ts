import { metricLine, writeToStandardOutput } from "../observability/metrics.js";

/** What Lambda's limits did to an invocation. */
export type LimitMetric = "AnswersTooLarge" | "OutOfTime";

/** Counts it, as a metric of the function; in a file of its own, so that it is loaded when it happens. */
export function writeLimitMetric(functionName: string, name: LimitMetric): void {
  writeToStandardOutput(
    metricLine({
      namespace: "Evenkeel/Functions",
      dimensions: { FunctionName: functionName },
      metrics: { [name]: { value: 1, unit: "Count" } },
    }),
  );
}
