import { dnsRecovery, type RecoveryRow, tableRecovery } from "../modules/recovery-objectives";
import type { EnvironmentConfig } from "./schema";

type Service = EnvironmentConfig["services"][number];

/** What the configuration gives a service, on each path, once its environment has reached the stage that brings standby regions. */
export function recoveryRows(service: Service, tables: EnvironmentConfig["tables"]): RecoveryRow[] {
  return [
    ...(service.api?.domainName ? dnsRecovery(service.dns) : []),
    ...tables.filter(({ name }) => Object.hasOwn(service.tables, name)).map((table) => tableRecovery(table)),
  ];
}
