export * from "./edit-project";
export * from "./engines";
export * from "./environment";
export * from "./pipelines/check";
export * from "./project";
export * from "./service";
export * from "./write-files";
