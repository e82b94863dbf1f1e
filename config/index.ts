export * from "../contract";
export * from "./define-environment";
export * from "./load-project";
export { type Organisation, type OrganisationInput, organisationConfig, type ProjectTerms } from "./organisation";
export * from "./project";
export * from "./recovery";
export * from "./stages";
export { Toolkit } from "./toolkit";
