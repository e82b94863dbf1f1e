export * from "./define-environment";
export { type EnvironmentConfig, type EnvironmentInput, environmentConfig } from "./schema";
export * from "./stages";
