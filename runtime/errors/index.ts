export * from "./service-errors.js";
