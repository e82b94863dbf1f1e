export * from "./config";
export * from "./warmer";
