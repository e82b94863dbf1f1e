export type { Encryption } from "./encryption.js";
export * from "./envelope.js";
export * from "./from-environment.js";
export * from "./transit-encryption.js";
