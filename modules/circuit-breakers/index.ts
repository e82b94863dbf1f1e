export * from "./circuit-breakers";
export * from "./config";
