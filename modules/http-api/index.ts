export * from "./config";
export * from "./custom-domain";
export * from "./http-api";
