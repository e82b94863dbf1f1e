export * from "./positions";
export * from "./typescript";
