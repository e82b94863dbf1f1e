export type * from "./input";
export * from "./organisation";
export { organisationStatements } from "./rules";
export { type Organisation, organisationConfig } from "./schema";
