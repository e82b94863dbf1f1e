export * from "./config";
export * from "./pooled-database";
