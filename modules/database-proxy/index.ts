export * from "./config";
export * from "./database-proxy";
export * from "./pool-size";
