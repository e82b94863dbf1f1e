export type * from "./input";
export { licenceFits } from "./licence-expression";
export { type AdvisorySeverity, type Audit, advisorySeverities, auditConfig } from "./schema";
