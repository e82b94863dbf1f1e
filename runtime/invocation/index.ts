export * from "./answer.js";
export * from "./bounded-handler.js";
export * from "./by-source.js";
export * from "./limits.js";
export * from "./text.js";
export * from "./time.js";
