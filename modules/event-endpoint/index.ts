export * from "./config";
export * from "./event-endpoint";
