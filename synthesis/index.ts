export * from "./synthesize-project";
