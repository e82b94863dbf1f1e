import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, parseConfig, type RegionalKey, resourceName } from "../../modules/core";
import { DatabaseNetwork } from "../../modules/database-network";
import { DatabaseProxy } from "../../modules/database-proxy";
import { type DatabaseAccess, GlobalDatabase } from "../../modules/global-database";
import { ReplicatedSecret } from "../../modules/replicated-secret";
import { type PooledDatabaseConfig, pooledDatabaseConfig } from "./config";

export interface PooledDatabaseProps {
  readonly config: PooledDatabaseConfig;
  readonly environment: string;
  /** Name of the database within the environment; never changes. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  readonly home: string;
  /** The regions that get a secondary cluster, a network and a pool. */
  readonly standby: readonly string[];
  /** Puts a pool between clients and clusters. */
  readonly pooled: boolean;
  /** Concurrent executions per region, added up, of the functions that connect. */
  readonly concurrency: number;
  /** Encrypts data, logs and secrets; its users include `rds`, `secretsmanager` and `logs`. */
  readonly key: RegionalKey;
  readonly alarms?: AlarmTarget;
}

/** How a function reaches a database in its own region. */
export interface DatabaseConnection {
  readonly access: DatabaseAccess;
  /** Private subnets that the function runs in. */
  readonly subnetIds: readonly string[];
  /** The group that may reach the database. */
  readonly clientSecurityGroupId: string;
}

/** A global database with a network, and from the stage that brings it a pool, in each of its regions. */
export class PooledDatabase extends Construct {
  private readonly networks: ReadonlyMap<string, DatabaseNetwork>;
  private readonly database: GlobalDatabase;
  private readonly proxies: ReadonlyMap<string, DatabaseProxy>;

  constructor(scope: Construct, id: string, props: PooledDatabaseProps) {
    super(scope, id);
    const { account, home, standby, key, alarms } = props;
    const config = parseConfig(pooledDatabaseConfig, props.config, this.node.path);
    const name = resourceName(this, [props.environment, props.name], 50);
    const regions = [home, ...standby];
    this.networks = new Map(
      regions.map((region) => [
        region,
        new DatabaseNetwork(this, `network-${region}`, {
          config: config.network,
          name,
          region,
          // Open also where there is a pool: functions would be cut off between the deployment of the pool and their own.
          // Once a pool exists, their roles allow them to connect to nothing else.
          directAccess: true,
        }),
      ]),
    );
    this.database = new GlobalDatabase(this, "database", {
      config: config.cluster,
      name,
      account,
      home,
      standby,
      key,
      networks: Object.fromEntries(
        [...this.networks].map(([region, { subnetGroupName, databaseSecurityGroupId }]) => [
          region,
          { subnetGroupName, securityGroupIds: [databaseSecurityGroupId] },
        ]),
      ),
      alarms,
    });
    this.proxies = new Map(props.pooled ? this.addProxies(props, config, name) : []);
  }

  /** How functions of a region connect. @throws ConstructError when the database is not in that region */
  connectionIn(region: string): DatabaseConnection {
    const network = this.networks.get(region);
    if (!network) {
      throw new ConstructError(
        this,
        `is in ${[...this.networks.keys()].join(", ")}, not in ${region}`,
        "switch globalDatabase on before services run in the standby regions",
      );
    }
    return {
      access: this.proxies.get(region) ?? this.database.accessIn(region),
      subnetIds: network.subnetIds,
      clientSecurityGroupId: network.clientSecurityGroupId,
    };
  }

  private addProxies(props: PooledDatabaseProps, config: PooledDatabaseConfig, name: string) {
    const { account, home, standby, key, alarms, concurrency } = props;
    const secrets = config.users.map(
      (user) =>
        [
          user,
          new ReplicatedSecret(this, `user-${user.replaceAll("_", "-")}`, {
            config: { description: `User ${user} of the database ${name}, for its proxies` },
            // A slash, because a hyphen and a user of six letters would look like the suffix that AWS adds.
            name: `${name}/${user}`,
            account,
            home,
            replicas: standby,
            key,
            alarms,
          }),
        ] as const,
    );
    return [...this.networks].map(([region, network]) => {
      const proxy = new DatabaseProxy(this, `proxy-${region}`, {
        config: config.proxy,
        name: `${name}-proxy`,
        region,
        account,
        cluster: this.database.pooledClusterIn(region),
        subnetIds: network.subnetIds,
        securityGroupIds: [network.poolSecurityGroupId],
        users: secrets.map(([user, secret]) => ({ user, secretArn: secret.arnIn(region) })),
        concurrency,
        key,
        alarms,
      });
      return [region, proxy] as const;
    });
  }
}
