export * from "./canary-secret.js";
export * from "./canary-share.js";
export * from "./secret-cache.js";
export * from "./secret-source.js";
export * from "./version-canary.js";
