export * from "./config";
export * from "./consumer-config";
export * from "./message-queue";
export * from "./queue-consumer";
