export type * from "./input";
export { type AdvisorySeverity, type Audit, advisorySeverities, auditConfig, licenceFits } from "./schema";
