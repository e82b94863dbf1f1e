export * from "./config";
export * from "./service-dashboard";
export type { ContainerRegion, ServiceRegion } from "./service-region";
