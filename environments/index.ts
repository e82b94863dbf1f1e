export * from "./define-environment";
export * from "./recovery";
export { type EnvironmentConfig, type EnvironmentInput, environmentConfig } from "./schema";
export * from "./stages";
