export { type DatabaseCapacity, databaseCapacity, maxConnections } from "./capacity";
export * from "./config";
export * from "./database-access";
export * from "./global-database";
export type { ClusterNetwork } from "./regional-cluster";
