export * from "./alarms";
export * from "./config";
export * from "./dead-letter-queue";
export * from "./standard-queue";
