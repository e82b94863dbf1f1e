import type { Report } from "../modules/core";
import { poolSize } from "../modules/database-proxy";
import { limitsProblem, poolLimits } from "../modules/pgbouncer-pool";
import type { EnvironmentConfig } from "./schema";
import { capabilitiesOf } from "./stages";

type Database = EnvironmentConfig["databases"][number];
type Service = EnvironmentConfig["services"][number];
type EndpointReport = (field: "gatewayEndpoints" | "interfaceEndpoints", message: string) => void;

/** Each service connects to a database that there is, as one of its users. */
export function checkDatabaseUses({ services, databases }: EnvironmentConfig, report: Report): void {
  const known = databases.map(({ name }) => name);
  services.forEach(({ database: use }, index) => {
    if (!use) return;
    const database = databases.find(({ name }) => name === use.name);
    if (!database) {
      const remedy = known.length > 0 ? `use one of ${known.join(", ")}, or declare it` : "declare it";
      report(["services", index, "database", "name"], `is no database of this environment; ${remedy} under databases`);
    } else if (!use.login && !database.users.includes(use.user)) {
      report(
        ["services", index, "database", "user"],
        `is no user of ${use.name}; use one of ${database.users.join(", ")}, or add it to the database's users`,
      );
    }
  });
}

/** The functions that connect to a database have a bounded concurrency, and its connections suffice for all of them. */
export function checkPools({ services, databases, account }: EnvironmentConfig, report: Report): void {
  databases.forEach((database, index) => {
    const concurrency = servicesOf(database, services, ({ function: { reservedConcurrency } }, at) => {
      if (reservedConcurrency === null) {
        report(
          ["services", at, "function", "reservedConcurrency"],
          `has no bound, but sizes the pool of the database ${database.name}; reserve what the function needs`,
        );
      }
      return reservedConcurrency ?? 0;
    }).reduce((sum, reserved) => sum + reserved, 0);
    const { capacity, writeForwarding } = database.cluster;
    if (database.pgbouncer) {
      if (database.pgbouncer.certificateSecretArn.split(":")[4] !== account) {
        report(
          ["databases", index, "pgbouncer", "certificateSecretArn"],
          `is in another account than ${account}; use a secret of the environment's account`,
        );
      }
      const most = Math.max(1, concurrency);
      const limits = poolLimits(database.pgbouncer, { capacity, writeForwarding, concurrency: most });
      const problem = limitsProblem(limits, most);
      if (problem) {
        report(
          ["databases", index, "cluster", "capacity"],
          `does not do: ${problem}; raise it, reserve less concurrency, or bring pgbouncer.scaling.max nearer to min`,
        );
      }
      return;
    }
    const size = poolSize({ ...database.proxy, capacity, writeForwarding, concurrency });
    if (size.percent <= size.availablePercent) return;
    report(
      ["databases", index, "cluster", "capacity"],
      `gives ${size.maxConnections} connections, of which ${size.availablePercent} percent are free, but ${concurrency} concurrent executions need ${size.connections}; raise it, reserve less concurrency, or raise proxy.executionsPerConnection after measuring`,
    );
  });
}

/** A function that connects runs in the network of its database, from where it must reach what else it calls; of created ones. */
export function checkDatabaseNetworks(
  { services, databases, stage, exceptions }: EnvironmentConfig,
  report: Report,
): void {
  const capabilities = capabilitiesOf(stage, exceptions);
  const traced = capabilities.has("tracing");
  databases.forEach((database, index) => {
    const { gatewayEndpoints, interfaceEndpoints, existing } = database.network;
    if (existing) return;
    const users = servicesOf(database, services, (service, at) => {
      if (Object.keys(service.publishes).length > 0) {
        report(
          ["services", at, "publishes"],
          `does not get out of the network of the database ${database.name}: event endpoints are on the internet; publish from another service`,
        );
      }
      return service;
    });
    const usesTables = users.some(({ tables }) => Object.keys(tables).length > 0);
    if (usesTables && !gatewayEndpoints.includes("dynamodb")) {
      report(
        ["databases", index, "network", "gatewayEndpoints"],
        'has no "dynamodb", but functions in the network use tables; add it',
      );
    }
    if (users.some(({ settings }) => settings) && !interfaceEndpoints.includes("ssm")) {
      report(
        ["databases", index, "network", "interfaceEndpoints"],
        'has no "ssm", but functions in the network read settings; add it',
      );
    }
    if (database.pgbouncer && capabilities.has("databaseProxy")) {
      checkTaskEndpoints(database.network, (field, message) => report(["databases", index, "network", field], message));
    }
    if (capabilities.has("secretRotation") && !interfaceEndpoints.includes("secretsmanager")) {
      report(
        ["databases", index, "network", "interfaceEndpoints"],
        'has no "secretsmanager", but in the network a function rotates passwords and others read them; add it, or switch secretRotation off under exceptions',
      );
    }
    if (capabilities.has("secretRotation") && database.rotation.canary && !interfaceEndpoints.includes("ssm")) {
      report(
        ["databases", index, "network", "interfaceEndpoints"],
        'has no "ssm", but functions in the network follow the canary of rotated logins there; add it, or remove rotation.canary',
      );
    }
    if (users.length > 0 && traced && !interfaceEndpoints.includes("xray")) {
      report(
        ["databases", index, "network", "interfaceEndpoints"],
        'has no "xray", but functions in the network are traced; add it, or switch tracing off under exceptions',
      );
    }
  });
}

/** Fargate pulls the image, reads the secrets and writes the log from inside of the network, which has no way to the internet. */
function checkTaskEndpoints(
  { gatewayEndpoints, interfaceEndpoints }: Database["network"],
  report: EndpointReport,
): void {
  for (const service of (["ecr.api", "ecr.dkr", "logs", "secretsmanager"] as const).filter(
    (needed) => !interfaceEndpoints.includes(needed),
  )) {
    report("interfaceEndpoints", `has no "${service}", without which the tasks of PgBouncer do not start; add it`);
  }
  if (!gatewayEndpoints.includes("s3")) {
    report("gatewayEndpoints", 'has no "s3", where the layers of PgBouncer\'s image come from; add it');
  }
}

/** Databases are neither deleted by mistake nor without a last snapshot, unless the environment may be lost. */
export function checkDatabaseProtection({ databases, disposable }: EnvironmentConfig, report: Report): void {
  if (disposable) return;
  databases.forEach(({ cluster }, index) => {
    if (!cluster.deletionProtection) {
      report(
        ["databases", index, "cluster", "deletionProtection"],
        "is off; leave it on, or set disposable: true for the environment",
      );
    }
    if (cluster.skipFinalSnapshot) {
      report(
        ["databases", index, "cluster", "skipFinalSnapshot"],
        "loses the data with the database; leave it off, or set disposable: true for the environment",
      );
    }
  });
}

function servicesOf<T>(
  { name }: Database,
  services: readonly Service[],
  look: (service: Service, index: number) => T,
): T[] {
  return services.flatMap((service, index) => (service.database?.name === name ? [look(service, index)] : []));
}
