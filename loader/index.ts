export * from "./load-later";
export * from "./module-cache";
export * from "./package-root";
export * from "./positions";
export * from "./typescript";
