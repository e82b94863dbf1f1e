export * from "./consumer.js";
export * from "./domain-event.js";
export * from "./event-client.js";
export * from "./event-errors.js";
export * from "./handle-once.js";
export * from "./idempotency-store.js";
export * from "./not-published.js";
export * from "./publisher.js";
