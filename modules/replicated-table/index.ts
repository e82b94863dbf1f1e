export * from "./config";
export * from "./replicated-table";
export type { ReadAccess, WriteAccess } from "./table-access";
