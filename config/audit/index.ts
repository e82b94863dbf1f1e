export type * from "./input";
export { licenceFits } from "./licence-expression";
export { type Audit, auditConfig, type Severity, severities } from "./schema";
