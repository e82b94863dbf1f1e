import type { Construct } from "constructs";
import { type DatabaseConnection, PooledDatabase } from "../blueprints/pooled-database";
import { type Deployment, functionIn } from "../contract";
import { ConstructError } from "../modules/core";
import { CapableStack } from "./capable-stack";
import type { KeysStack } from "./keys-stack";
import { traceReceivers } from "./service-telemetry";

/**
 * Data that must never be lost either, and changes as rarely as the tables: the relational databases with their networks,
 * users and pools, in the home region and in the standby regions that have a secondary cluster.
 */
export class DatabaseStack extends CapableStack {
  readonly databases: ReadonlyMap<string, PooledDatabase>;

  constructor(scope: Construct, keys: KeysStack) {
    const { deployment } = keys;
    super(scope, "database", keys, [deployment.homeRegion, ...deployment.databaseReplicas]);
    this.databases = new Map(
      [...deployment.databases].map(([name, config]) => [
        name,
        new PooledDatabase(this, name, {
          config,
          environment: deployment.environment,
          name,
          account: deployment.account,
          home: deployment.homeRegion,
          standby: deployment.databaseReplicas,
          unprotected: deployment.unprotectedRegions,
          concurrency: concurrencyOf(name, deployment),
          key: keys.data,
          operationsKey: keys.operations,
          alarms: this.alarmTarget,
          disposable: deployment.config.disposable,
          endpointActions: [...actionsOf(name, deployment), ...loginActions(deployment)],
          clientTargets: clientTargets(deployment),
        }),
      ]),
    );
    for (const config of deployment.config.databases) {
      const database = this.databases.get(config.name);
      if (database) this.offer("database", database, { config });
    }
    this.offerFunctionsAndRules();
  }

  /** How functions of a region connect to a database. @throws ConstructError for an unknown one, or a region without it */
  connection(name: string, region: string): DatabaseConnection {
    const database = this.databases.get(name);
    if (database) return database.connectionIn(region);
    throw new ConstructError(
      this,
      `has no database "${name}", only: ${[...this.databases.keys()].join(", ")}`,
      "declare the database",
    );
  }
}

/** What is reached privately from the networks of databases. */
function clientTargets(deployment: Deployment) {
  const { vault } = deployment;
  const traces = traceReceivers(deployment);
  return { ...(vault?.privateAccess ? { vault: vault.privateAccess } : {}), ...(traces ? { traces } : {}) };
}

/** What functions in the network of a database may do with what is not of the environment. */
function actionsOf(name: string, { services }: Deployment): string[] {
  const uses = [...services.values()].filter(({ database }) => database?.name === name);
  return uses.flatMap(({ permissions }) => permissions.flatMap(({ actions }) => actions));
}

/** What functions ask AWS for when they log in to Vault. */
const loginActions = ({ vault }: Deployment): readonly string[] =>
  vault?.logins.includes("jwt") ? ["sts:GetWebIdentityToken"] : [];

/** How many executions the pool of a database is sized for; one as long as no service connects. */
function concurrencyOf(name: string, { services, config: { regions } }: Deployment): number {
  const uses = [...services.values()].filter(({ database }) => database?.name === name);
  // The same in all regions, as after a failover the other region's functions come.
  const sums = [regions.home, ...regions.standby].map((region) =>
    uses.reduce((sum, service) => sum + (functionIn(service, region).reservedConcurrency ?? 0), 0),
  );
  return Math.max(1, ...sums);
}
