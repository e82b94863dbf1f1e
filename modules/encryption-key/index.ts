export * from "./config";
export * from "./encryption-key";
export * from "./existing-key";
export * from "./granting-key";
export { keyPolicy, useActions, useActionsFor } from "./key-policy";
export { type KeyUser, keyUsers } from "./key-users";
