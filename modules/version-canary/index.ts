export * from "./config";
export * from "./version-canary";
