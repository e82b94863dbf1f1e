export * from "./apply-rollout";
export * from "./bundle";
export * from "./commit";
export * from "./differences";
export { BundleEncryptionError, type DecryptOptions } from "./encryption";
export { Journal } from "./journal";
export * from "./plan-rollout";
export type { PredictedValue } from "./predicted-values";
export { PredictionError } from "./prediction";
