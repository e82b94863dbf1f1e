export * from "./warmable.js";
export * from "./warming-call.js";
