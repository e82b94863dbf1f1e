export * from "./apply-rollout";
export * from "./bundle";
export * from "./commit";
export * from "./differences";
export { Journal } from "./journal";
export * from "./plan-rollout";
export type { PredictedValue } from "./predicted-values";
export { PredictionError } from "./prediction";
export { type BaseOutput, sameStacks } from "./same-stacks";
