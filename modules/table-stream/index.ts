export * from "./config";
export * from "./dead-letters";
export * from "./stream-consumer";
