export * from "./config";
export * from "./encryption-key";
export { keyPolicy } from "./key-policy";
export { type KeyUser, keyUsers } from "./key-users";
