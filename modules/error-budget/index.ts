export * from "./config";
export * from "./error-budget";
export type { RequestSource } from "./request-source";
export { type BurnPair, type BurnWindow, budgetLeftPercent, burnPairs, percentAt } from "./windows";
