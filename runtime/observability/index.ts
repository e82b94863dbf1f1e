export * from "./business-metrics.js";
export {
  type Carried,
  carried,
  carriedHeaders,
  carriedMessageAttributes,
  correlated,
  currentCorrelationId,
} from "./carried.js";
export * from "./carrying-fetch.js";
export * from "./correlation-id.js";
export * from "./logger.js";
export * from "./metrics.js";
export * from "./stopwatch.js";
export type { TraceContext } from "./tracing.js";
