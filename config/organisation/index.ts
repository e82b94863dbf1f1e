export * from "./organisation";
export { organisationStatements } from "./rules";
export { type Organisation, type OrganisationInput, organisationConfig } from "./schema";
