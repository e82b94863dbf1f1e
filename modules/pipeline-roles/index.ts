export * from "./config";
export * from "./pipeline-roles";
