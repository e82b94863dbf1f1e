/** What a platform team imports: environments, stacks, blueprints and modules. */
export * from "./blueprints/edge-site";
export * from "./blueprints/pooled-database";
export * from "./blueprints/regional-service";
export * from "./environments";
export * from "./modules/alert-topic";
export * from "./modules/core";
export * from "./modules/encryption-key";
export * from "./modules/http-api";
export * from "./modules/replicated-table";
export * from "./modules/saved-queries";
export * from "./modules/service-dashboard";
export * from "./modules/service-function";
export * from "./modules/spend-guard";
export * from "./stacks";
