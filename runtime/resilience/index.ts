export * from "./clock.js";
export * from "./deadline.js";
export * from "./retry.js";
export * from "./single-flight.js";
