export * from "./config";
export * from "./encryption-key";
export { type KeyUser, keyUsers } from "./key-users";
