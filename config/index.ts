export * from "../contract";
export {
  type AdvisorySeverity,
  type Audit,
  type AuditInput,
  advisorySeverities,
  auditConfig,
  licenceFits,
} from "./audit";
export * from "./define-account";
export * from "./define-environment";
export type { ApiInput, EnvironmentInput, SettingsInput } from "./environment-input";
export type * from "./input";
export { loadProject, loadProjectIfAny, NoProjectError } from "./load-project";
export { readMoves } from "./moves";
export { type Organisation, type OrganisationInput, organisationConfig, type ProjectTerms } from "./organisation";
export { definePreviews, type Preview, type Previews, type PreviewsInput } from "./previews";
export * from "./project";
export * from "./recovery";
export * from "./stages";
export { Toolkit } from "./toolkit";
