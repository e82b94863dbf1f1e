export type { StoppableRole } from "./budget-actions";
export * from "./config";
export * from "./quota-problems";
export * from "./recursion-alarm";
export * from "./spend-guard";
