export * from "./availability";
export * from "./regions";
export * from "./resource-types";
