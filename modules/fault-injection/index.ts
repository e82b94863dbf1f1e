export * from "./config";
export * from "./fault-injection";
