export type * from "../contract/gate";
export * from "./acknowledgements";
export * from "./check";
export * from "./data-holding-types";
export * from "./plan-summary";
export * from "./render-violations";
export * from "./run-gates";
export * from "./supporting-types";
