export * from "./config";
export { loginLookupSql } from "./login-lookup";
export type { PoolNetwork } from "./network-path";
export * from "./pgbouncer-pool";
export * from "./pool-limits";
export type * from "./pool-props";
