export * from "./document-client.js";
