export { OutcomeUnknownError } from "../sql/failure.js";
export * from "./from-environment.js";
export * from "./mysql.js";
