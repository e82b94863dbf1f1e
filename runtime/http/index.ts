export * from "./authorization.js";
export { type Caller, type Claims, callerOf } from "./caller.js";
export * from "./health.js";
export * from "./http-api.js";
export * from "./http-request.js";
export type { HttpResponse } from "./http-response.js";
export { AnswerNotSendableError, TimedOutError } from "./request-limits.js";
export * from "./validation.js";
