export * from "./config";
export * from "./network-calls";
export * from "./regional-container";
