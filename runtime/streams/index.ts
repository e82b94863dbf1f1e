export * from "./change-errors.js";
export * from "./stream-consumer.js";
