export * from "./edge-handler.js";
