export * from "./config";
export * from "./edge-function";
export * from "./limits";
