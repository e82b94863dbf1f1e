export * from "./bus-reference";
export * from "./config";
export * from "./event-bus";
export type { EventPattern } from "./event-pattern";
export * from "./event-rule";
export * from "./existing-bus";
