export * from "./settings.js";
export * from "./settings-source.js";
