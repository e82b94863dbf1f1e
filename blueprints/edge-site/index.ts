export * from "./config";
export * from "./edge-site";
