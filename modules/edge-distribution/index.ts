export { viewerHeadersOf } from "./behavior";
export type { AssociatedFunction } from "./behaviors";
export * from "./config";
export type { DistributionDomain } from "./domain";
export * from "./edge-distribution";
export type { DistributionOrigins, RegionalOrigin } from "./origins";
export * from "./routing";
export * from "./served-by";
