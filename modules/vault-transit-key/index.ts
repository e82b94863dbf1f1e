export * from "./config";
export * from "./pinned-provider";
export * from "./vault-transit-key";
