export * from "./check";
export * from "./data-holding-types";
export type * from "./gate";
export * from "./plan-summary";
export * from "./render-violations";
export * from "./run-gates";
