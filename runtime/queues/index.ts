export * from "./message-errors.js";
export * from "./queue-consumer.js";
