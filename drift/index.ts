export * from "./accepted";
export * from "./change";
export { changesIn } from "./changes-in";
export { EnvironmentView } from "./environment-view";
export * from "./plan-drift";
export type { DriftRule } from "./rule";
export { driftRules } from "./rules";
export * from "./sort";
