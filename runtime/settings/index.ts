export * from "./settings.js";
export * from "./settings-source.js";
export * from "./ssm-client.js";
