export * from "./config";
export type { UserCanary, UserSecret } from "./database-users";
export * from "./pooled-database";
