export * from "./config";
export * from "./regional-service";
