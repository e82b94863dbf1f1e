export * from "./aurora";
export * from "./availability";
export * from "./identifiers";
export * from "./lambda-runtimes";
export * from "./regions";
export * from "./resource-types";
