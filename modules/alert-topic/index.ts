export * from "./alert-topic";
export * from "./alert-topics";
export * from "./config";
