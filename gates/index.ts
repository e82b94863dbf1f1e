export type * from "../contract/gate";
export * from "./acknowledgements";
export * from "./check";
export * from "./data-holding-types";
export * from "./plan-summary";
export * from "./render-review";
export * from "./render-violations";
export * from "./review-plan-files";
export * from "./supporting-types";
