export * from "./config";
export * from "./service-dashboard";
export type { ServiceRegion } from "./service-region";
