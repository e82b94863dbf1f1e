export * from "./config";
export * from "./identity-token-statement";
