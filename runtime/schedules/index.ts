export * from "./schedule-errors.js";
export * from "./scheduled-call.js";
export * from "./scheduled-task.js";
