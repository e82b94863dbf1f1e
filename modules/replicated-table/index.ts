export * from "./config";
export * from "./existing-table";
export * from "./replicated-table";
export { type StrongRegions, strongConsistencyProblem } from "./strong-consistency";
export { accessStatements, literalTableArn, type ReadAccess, type WriteAccess } from "./table-access";
