export * from "./aws-errors.js";
export * from "./client-limits.js";
export * from "./dns-suffix.js";
export * from "./end-with-invocation.js";
export * from "./lambda-credentials.js";
export * from "./on-demand.js";
export * from "./sha256.js";
