/** What a team needs to test its own environments on the simulated cloud; works with any test runner. */
export type { Violation } from "../gates";
export type { StackPromotion } from "../rehearsal";
export type { Plan, StackReport } from "../terraform";
export * from "./cloud";
export { changesIn, ExpectationError, RefusedByGatesError, UnexpectedChangesError } from "./expectation-error";
