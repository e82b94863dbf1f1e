export * from "./config";
export * from "./predictive-warming";
