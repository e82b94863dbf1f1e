/**
 * What a platform team imports: config, capabilities, stacks, blueprints, modules and errors.
 *
 * `vault-transit-key` is left out: it needs @cdktf/provider-vault, which is optional; import it by its path.
 */
export * from "./blueprints/edge-site";
export * from "./blueprints/pooled-database";
export * from "./blueprints/regional-service";
export * from "./capabilities";
export * from "./config";
export * from "./errors";
export * from "./modules/account-security";
export * from "./modules/alert-channels";
export * from "./modules/alert-chats";
export * from "./modules/alert-topic";
export * from "./modules/backups";
export * from "./modules/business-metrics";
export * from "./modules/code-signing";
export * from "./modules/core";
export * from "./modules/database-network";
export * from "./modules/database-proxy";
export * from "./modules/dead-letter-queue";
export * from "./modules/edge-distribution";
export * from "./modules/edge-function";
export * from "./modules/encryption-key";
export * from "./modules/error-budget";
export * from "./modules/event-bus";
export * from "./modules/event-endpoint";
export * from "./modules/failover-dns";
export * from "./modules/fault-experiments";
export * from "./modules/fault-injection";
export * from "./modules/function-layer";
export * from "./modules/global-database";
export * from "./modules/http-api";
export * from "./modules/key-rotation";
export * from "./modules/kpi-dashboard";
export * from "./modules/message-queue";
export * from "./modules/pgbouncer-pool";
export * from "./modules/plain-settings";
export * from "./modules/predictive-warming";
export * from "./modules/recovery-objectives";
export * from "./modules/replicated-secret";
export * from "./modules/replicated-table";
export * from "./modules/saved-queries";
export * from "./modules/schema-migration";
export * from "./modules/service-dashboard";
export * from "./modules/service-function";
export * from "./modules/service-schedules";
export * from "./modules/service-traffic";
export * from "./modules/spend-guard";
export * from "./modules/table-stream";
export * from "./modules/vault-database-role";
export * from "./modules/vault-login";
export * from "./modules/version-canary";
export * from "./modules/warmer";
export * from "./modules/web-firewall";
export * from "./stacks";
export * from "./synthesis";
