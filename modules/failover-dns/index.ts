export * from "./config";
export * from "./failover-dns";
export * from "./health-path";
export { RecoveryCluster, type RecoveryClusterProps, type RecoveryClusterReference } from "./recovery-cluster";
export { healthMetricsRegion } from "./region-health";
export type { ServingApi, ServingLoadBalancer, ServingRegion } from "./serving-region";
