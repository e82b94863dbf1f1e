export * from "./check";
export * from "./data-holding-types";
export type * from "./plan";
export * from "./plan-file";
export * from "./plan-summary";
export * from "./render-violations";
export type * from "./rule";
export * from "./run-gates";
