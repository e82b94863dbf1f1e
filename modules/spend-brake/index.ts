export * from "./config";
export * from "./spend-brake";
