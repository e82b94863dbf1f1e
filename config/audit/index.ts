export type * from "./input";
export { type Audit, auditConfig, licenceFits, type Severity, severities } from "./schema";
