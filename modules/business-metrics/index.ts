export * from "./business-metrics";
export * from "./config";
