export * from "../contract";
export * from "./define-environment";
export { loadProject, loadProjectIfAny, NoProjectError } from "./load-project";
export * from "./project";
export * from "./recovery";
export * from "./stages";
export { Toolkit } from "./toolkit";
