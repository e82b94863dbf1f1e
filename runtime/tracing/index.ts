export * from "./from-environment.js";
export * from "./open-telemetry.js";
export * from "./resource.js";
export * from "./span-buffer.js";
