import { metricLine, writeToStandardOutput } from "../observability/metrics.js";

/** Counts spans that no receiver got, as a metric of the function; in a file of its own, so that it is loaded when it happens. */
export function writeSpansDropped(functionName: string, count: number): void {
  writeToStandardOutput(
    metricLine({
      namespace: "Evenkeel/Functions",
      dimensions: { FunctionName: functionName },
      metrics: { SpansDropped: { value: count, unit: "Count" } },
    }),
  );
}
