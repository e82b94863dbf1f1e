export * from "./config";
export * from "./queue-pausing";
