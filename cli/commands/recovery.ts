import { containerRecoveryRows, recoveryRows } from "../../config";
import type { DocumentData, Outcome } from "../document";
import { recoveryDocument } from "../documents/recovery";
import project from "../project";

/** How soon each service recovers from the loss of its home region, as configured and as promised. */
export const recovery = (name: string): Outcome => recoveryDocument.outcome(recoveryOf(name));

/** What `recovery` says of an environment. @throws ConfigError when the environment is unknown or has mistakes */
export function recoveryOf(name: string): DocumentData<typeof recoveryDocument> {
  const environment = project.find(name);
  const config = environment.parse();
  const { stage, services, containers, regions } = config;
  const table = environment.toolkit.stages;
  const enabled = table.enabled(stage, config.exceptions);
  return {
    environment: name,
    stage,
    homeRegion: regions.home,
    activeRegion: regions.active ?? regions.home,
    standbyRegions: [...regions.standby],
    standbyServes: table.brings(stage, "standbyServices"),
    services: [
      ...services.map((service) => ({ service, rows: recoveryRows(service, config, enabled) })),
      ...containers.map((service) => ({ service, rows: containerRecoveryRows(service, config) })),
    ].map(({ service, rows }) => ({
      name: service.name,
      paths: rows.map((row) => ({
        path: row.path,
        subject: row.subject ?? null,
        recoveryTimeSeconds: row.recoveryTimeSeconds,
        recoveryTimeCalculation: row.recoveryTime.made,
        recoveryPointSeconds: row.recoveryPointSeconds,
        recoveryPointCalculation: row.recoveryPoint.made,
      })),
      promised: service.recovery
        ? {
            recoveryTimeSeconds: service.recovery.recoveryTimeSeconds,
            recoveryPointSeconds: service.recovery.recoveryPointSeconds,
          }
        : null,
    })),
  };
}
