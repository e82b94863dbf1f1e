export * from "./code-signing";
export * from "./config";
