export * from "./error-name.js";
export * from "./service-errors.js";
