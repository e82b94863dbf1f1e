import type { BaseEnvironment, ContainerOfEnvironment, EnabledCapabilities, Service } from "../contract";
import {
  databaseRecovery,
  dnsRecovery,
  edgeRecovery,
  eventRecovery,
  queueRecovery,
  type RecoveryRow,
  scheduleRecovery,
  streamRecovery,
  tableRecovery,
  vaultRecovery,
} from "../modules/recovery-objectives";

/** Whether it publishes to a bus, or takes its events, itself or from a queue. */
const usesEvents = ({ publishes, subscriptions, queues }: Service, environment: BaseEnvironment): boolean =>
  Object.keys(publishes).length + Object.keys(subscriptions).length > 0 ||
  environment.queues.some((queue) => queue.name in queues && Object.keys(queue.subscriptions).length > 0);

/** How soon a service recovers on each path, as configured, from the stage that brings standby regions. */
export function recoveryRows(
  service: Service,
  environment: BaseEnvironment,
  enabled: EnabledCapabilities,
): RecoveryRow[] {
  const { tables, databases } = environment;
  return [
    ...(service.api?.domainName ? dnsRows(service) : []),
    ...(service.edge ? [edgeRecovery(service.edge.distribution)] : []),
    ...(usesEvents(service, environment) ? [eventRecovery()] : []),
    ...tables.filter(({ name }) => Object.hasOwn(service.tables, name)).map((table) => tableRecovery(table)),
    ...databases
      .filter(({ name }) => name === service.database?.name)
      .map(({ name, failoverSeconds, cluster: { maxRecoveryPointSeconds } }) =>
        databaseRecovery({ name, failoverSeconds, maxRecoveryPointSeconds }),
      ),
    ...vaultRows(service, environment),
    ...sourceRows(service, environment),
    ...enabled.recoveryRows(service, environment),
  ];
}

/** How soon a service in a container recovers on each path, from the stage that brings standby regions. */
export function containerRecoveryRows(
  { dns: { endpointCheck }, tables, publishes }: ContainerOfEnvironment,
  environment: BaseEnvironment,
): RecoveryRow[] {
  return [
    ...dnsRecovery({ endpointCheck }),
    ...(Object.keys(publishes).length > 0 ? [eventRecovery()] : []),
    ...environment.tables.filter(({ name }) => Object.hasOwn(tables, name)).map((table) => tableRecovery(table)),
  ];
}

/** What becomes of the queues, streams and schedules that a service takes. */
function sourceRows(service: Service, { queues, services }: BaseEnvironment): RecoveryRow[] {
  const { timeoutSeconds } = service.function;
  return [
    ...queues.flatMap(({ name, alarmThresholds }) => {
      const use = service.queues[name];
      if (!use) return [];
      const sent = services.some(({ sends }) => name in sends);
      const source = { name, timeoutSeconds, everyRegion: use.consumedIn === "every-region" };
      return [queueRecovery(source, sent ? alarmThresholds.oldestMessageSeconds : undefined)];
    }),
    ...Object.entries(service.streams).map(([name, { consumedIn }]) =>
      streamRecovery({ name, timeoutSeconds, everyRegion: consumedIn === "every-region" }),
    ),
    ...Object.entries(service.schedules).map(([name, { runsIn }]) =>
      scheduleRecovery({ name, timeoutSeconds, everyRegion: runsIn === "every-region" }),
    ),
  ];
}

/** Health checkers have no client certificate, so they check no API that asks for one. */
const dnsRows = ({ api, dns: { endpointCheck, alarmCheck } }: Service): RecoveryRow[] =>
  dnsRecovery({ endpointCheck: api?.mutualTls ? undefined : endpointCheck, alarmCheck });

/** Functions that encrypt or log in with Vault depend on it in every region. */
function vaultRows({ encryption, database }: Service, { keyManagement }: BaseEnvironment): RecoveryRow[] {
  if (keyManagement.provider !== "vault" || !(encryption || database?.login)) return [];
  return [vaultRecovery(keyManagement)];
}
