import { type BaseEnvironment, containerRecoveryRows, type EnabledCapabilities, recoveryRows } from "../../config";
import type { RecoveryReport, ServiceRecovery } from "./report";

/**
 * How soon each service works again after the loss of its home region, beside what it promises.
 * @param since the stage that brings services in standby regions
 */
export function recoveryReport(
  environment: BaseEnvironment,
  enabled: EnabledCapabilities,
  since: string,
): RecoveryReport {
  return {
    inForce: enabled.has("standbyServices"),
    since,
    services: [
      ...environment.services.map((service) => ({ service, rows: recoveryRows(service, environment, enabled) })),
      ...environment.containers.map((service) => ({ service, rows: containerRecoveryRows(service, environment) })),
    ].map(({ service, rows }): ServiceRecovery => {
      const objective = service.recovery;
      const paths = rows.map((row) => ({
        path: row.path,
        subject: row.subject,
        recoveryTimeSeconds: row.recoveryTimeSeconds,
        recoveryTimeFrom: row.recoveryTime.made,
        recoveryPointSeconds: row.recoveryPointSeconds,
        recoveryPointFrom: row.recoveryPoint.made,
        documentation: row.documentation,
      }));
      const met = paths.every(
        (path) =>
          objective &&
          path.recoveryTimeSeconds <= objective.recoveryTimeSeconds &&
          path.recoveryPointSeconds <= objective.recoveryPointSeconds,
      );
      return {
        service: service.name,
        objective: objective ?? undefined,
        paths,
        met: objective && paths.length > 0 ? met : undefined,
      };
    }),
  };
}
