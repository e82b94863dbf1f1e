export { OutcomeUnknownError } from "../sql/failure.js";
export * from "./canary.js";
export * from "./from-environment.js";
export * from "./iam-token.js";
export * from "./login.js";
export * from "./postgres.js";
export * from "./rotating-user.js";
export * from "./user-secret.js";
