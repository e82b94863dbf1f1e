export interface AuditInput {
  readonly licences?: object;
  readonly vulnerabilities?: object;
}
