export * from "./load-later";
export * from "./module-cache";
export * from "./module-paths";
export * from "./optimize-later";
export * from "./package-root";
export * from "./positions";
export * from "./typescript";
export * from "./write-sorted";
