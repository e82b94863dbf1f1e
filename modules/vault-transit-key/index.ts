export * from "./config";
export * from "./pinned-provider";
export * from "./vault-names";
export * from "./vault-transit-key";
