export * from "./config";
export * from "./quota-problems";
export * from "./spend-guard";
