export * from "./config";
export * from "./replicated-secret";
export { secretMetrics } from "./secret-metrics";
export * from "./secret-rotation";
