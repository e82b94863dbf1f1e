export * from "./config";
export * from "./origin-secret";
export * from "./replicated-secret";
export { secretMetrics } from "./secret-metrics";
export * from "./secret-rotation";
