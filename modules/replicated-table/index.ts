export * from "./config";
export * from "./replicated-table";
export { type StrongRegions, strongConsistencyProblem } from "./strong-consistency";
export type { ReadAccess, WriteAccess } from "./table-access";
