export * from "./config";
export type { RegionalConnection, RegionalDatabases, ServiceDatabaseLogin } from "./database-use";
export type { ServiceEncryption } from "./encryption-use";
export type { RegionalEventBuses } from "./event-use";
export type { ServiceOrigin } from "./origin-use";
export type { RegionalQueues } from "./queue-use";
export { functionIn } from "./regional-override";
export * from "./regional-service";
export { type ServiceVariable, serviceVariables } from "./variables";
