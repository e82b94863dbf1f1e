export * from "./config";
export type { DomainReferences, DomainTarget } from "./custom-domain";
export * from "./http-api";
