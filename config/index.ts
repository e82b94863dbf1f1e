export * from "../contract";
export * from "./define-environment";
export type { ApiInput, EnvironmentInput, SettingsInput } from "./environment-input";
export type * from "./input";
export { loadProject, loadProjectIfAny, NoProjectError } from "./load-project";
export * from "./project";
export * from "./recovery";
export * from "./stages";
export { Toolkit } from "./toolkit";
