export * from "./config";
export * from "./plain-settings";
