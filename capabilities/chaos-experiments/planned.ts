import type { BaseEnvironment, Extended, ExtendedEnvironment } from "../../contract";
import { fewestTasks } from "../../modules/container-service";
import {
  type FunctionFaultsConfig,
  failoverMinutes,
  type Hypothesis,
  replacementMinutes,
} from "../../modules/fault-experiments";
import {
  databaseRecovery,
  dnsRecovery,
  edgeRecovery,
  eventRecovery,
  type RecoveryRow,
  tableRecovery,
  taskRecovery,
} from "../../modules/recovery-objectives";
import type { ChaosFields } from "../fault-injection";

export type Environment = ExtendedEnvironment<ChaosFields>;
type Service = Extended<ChaosFields>["service"];
type Container = Extended<ChaosFields>["container"];

/** One experiment that an environment has, before anything is built. */
export interface Planned {
  /** Unique in the environment. */
  readonly name: string;
  readonly minutes: number;
  readonly hypothesis: Hypothesis;
  /** The services whose callers would notice. */
  readonly services: readonly string[];
  readonly what:
    | { readonly kind: "faults"; readonly service: string; readonly config: FunctionFaultsConfig }
    | { readonly kind: "tasks"; readonly container: string; readonly percent: number }
    | { readonly kind: "replication"; readonly table: string }
    | { readonly kind: "failover"; readonly database: string }
    | { readonly kind: "network"; readonly database: string }
    | { readonly kind: "cross-region"; readonly database: string; readonly otherRegion: string };
}

/** The experiments of an environment: those of functions as its file has them, then what follows from tables and databases. */
export function plannedExperiments(environment: Environment): Planned[] {
  const { experiments } = environment.chaos ?? {};
  if (!experiments || environment.regions.standby.length === 0) return [];
  return [
    ...experiments.functions.flatMap((each) => functionExperiment(each, environment) ?? []),
    ...environment.tables.flatMap((table) => replicationExperiment(table, environment) ?? []),
    ...environment.databases.flatMap((database) => databaseExperiments(database, environment)),
    ...environment.containers.flatMap((container) => taskExperiment(container, experiments.stoppedTasksPercent)),
  ].filter(({ name }) => !experiments.except.includes(name));
}

type FunctionExperiment = NonNullable<NonNullable<Environment["chaos"]>["experiments"]>["functions"][number];

/** What a service must do in spite of a fault in one region: the row of its recovery, and who sees that it holds. */
export function takeover(
  service: Service,
  { regions, queues }: Pick<BaseEnvironment, "regions" | "queues">,
): { readonly row: RecoveryRow; readonly holds: string } | undefined {
  const { name, api, edge, dns, subscriptions, queues: takes } = service;
  if (regions.standby.length === 0) return undefined;
  const clients = `clients of ${name} are answered, by ${regions.standby.join(" or ")} where ${regions.home} fails,`;
  if (api?.domainName) {
    const rows = dnsRecovery({
      endpointCheck: api.mutualTls ? undefined : dns.endpointCheck,
      alarmCheck: dns.alarmCheck,
    });
    // A fault of a share of the requests may show in the metric only.
    const [row] = rows.sort((a, b) => b.recoveryTimeSeconds - a.recoveryTimeSeconds);
    if (row) return { row, holds: clients };
  }
  if (edge) return { row: edgeRecovery(edge.distribution), holds: clients };
  const queued = queues.some((queue) => queue.name in takes && Object.keys(queue.subscriptions).length > 0);
  if (Object.keys(subscriptions).length === 0 && !queued) return undefined;
  return { row: eventRecovery(), holds: `events for ${name} are handled` };
}

/** As above, of a service in a container. */
export function takeoverOfContainer(
  { name, dns: { endpointCheck } }: Container,
  { regions }: Pick<BaseEnvironment, "regions">,
): ReturnType<typeof takeover> {
  const [row] = dnsRecovery({ endpointCheck });
  if (!row || regions.standby.length === 0) return undefined;
  return {
    row,
    holds: `clients of ${name} are answered, by ${regions.standby.join(" or ")} where ${regions.home} fails,`,
  };
}

/** Tasks that stop while others answer; one alone has nobody to take over from it. */
function taskExperiment(container: Container, percent: number): Planned[] {
  const { name, loadBalancer } = container;
  if (fewestTasks(container.container) < 2) return [];
  const row = taskRecovery(name, loadBalancer.health);
  return [
    {
      name: `${name}-tasks`,
      minutes: replacementMinutes(row.recoveryTimeSeconds),
      hypothesis: {
        row,
        holds: `clients of ${name} are answered by its other tasks`,
        promisedSeconds: promised([container]),
      },
      services: [name],
      what: { kind: "tasks", container: name, percent },
    },
  ];
}

function functionExperiment(
  { name, service: serviceName, ...config }: FunctionExperiment,
  environment: Environment,
): Planned | undefined {
  const service = environment.services.find((each) => each.name === serviceName);
  const container = environment.containers.find((each) => each.name === serviceName);
  const held = service ? takeover(service, environment) : container && takeoverOfContainer(container, environment);
  const promising = service ?? container;
  if (!promising || !held) return undefined;
  return {
    name,
    minutes: config.minutes,
    hypothesis: { ...held, promisedSeconds: promised([promising]) },
    services: [serviceName],
    what: { kind: "faults", service: serviceName, config },
  };
}

/** Tables that are replicated and go on for themselves meanwhile: one with strong consistency stops in the region that is cut off. */
function replicationExperiment(table: Environment["tables"][number], environment: Environment): Planned | undefined {
  const { name, consistencyMode } = table;
  const users = [...environment.services, ...environment.containers].filter(({ tables }) =>
    Object.hasOwn(tables, name),
  );
  const minutes = environment.chaos?.experiments?.pausedReplicationMinutes ?? 0;
  if (environment.regions.standby.length === 0 || users.length === 0 || consistencyMode === "STRONG") return undefined;
  return {
    name: `${name}-replication`,
    minutes,
    hypothesis: {
      row: tableRecovery(table),
      holds: `${listed(users)} ${users.length === 1 ? "goes" : "go"} on from the table of the own region`,
      promisedSeconds: promised(users),
    },
    services: users.map((user) => user.name),
    what: { kind: "replication", table: name },
  };
}

function databaseExperiments(database: Environment["databases"][number], environment: Environment): Planned[] {
  const { name, cluster, network, failoverSeconds } = database;
  const users = environment.services.filter((service) => service.database?.name === name);
  if (users.length === 0) return [];
  const services = users.map((user) => user.name);
  const minutes = environment.chaos?.experiments?.networkMinutes ?? 0;
  const held = users
    .flatMap((user) => takeover(user, environment) ?? [])
    .sort((a, b) => b.row.recoveryTimeSeconds - a.row.recoveryTimeSeconds)[0];
  const [otherRegion] = environment.regions.standby;
  const hypothesis = held && { ...held, promisedSeconds: promised(users) };
  return [
    // The writer alone has nobody to take over from it.
    ...(cluster.instances.home > 1
      ? [
          {
            name: `${name}-failover`,
            minutes: failoverMinutes,
            hypothesis: {
              row: databaseRecovery({
                name,
                failoverSeconds,
                maxRecoveryPointSeconds: cluster.maxRecoveryPointSeconds,
              }),
              holds: `${listed(users)} ${users.length === 1 ? "writes" : "write"} again`,
              promisedSeconds: promised(users),
            },
            services,
            what: { kind: "failover", database: name } as const,
          },
        ]
      : []),
    ...(hypothesis
      ? [{ name: `${name}-network`, minutes, hypothesis, services, what: { kind: "network", database: name } as const }]
      : []),
    // A network that is made here has no way to another region.
    ...(hypothesis && otherRegion !== undefined && network.existing
      ? [
          {
            name: `${name}-cross-region`,
            minutes,
            hypothesis,
            services,
            what: { kind: "cross-region", database: name, otherRegion } as const,
          },
        ]
      : []),
  ];
}

/** The shortest recovery time that one of the services promises. */
function promised(services: readonly Pick<Service, "recovery">[]): number | undefined {
  const all = services.flatMap(({ recovery }) => recovery?.recoveryTimeSeconds ?? []);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Names in a text that may not get long. */
function listed(services: readonly Pick<Service, "name">[]): string {
  const names = services.map(({ name }) => name);
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const last = shown[shown.length - 1] ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}
