export { type DatabaseCapacity, databaseCapacity } from "./capacity";
export * from "./config";
export * from "./database-access";
export { type DatabaseEngine, engineOf, portOf } from "./engines";
export * from "./global-database";
export { maxConnections } from "./max-connections";
export type { ClusterNetwork } from "./regional-cluster";
