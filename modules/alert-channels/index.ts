export * from "./alert-channels";
export * from "./config";
