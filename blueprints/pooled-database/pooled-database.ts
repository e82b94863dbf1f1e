import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, parseConfig, type RegionalKey, resourceName } from "../../modules/core";
import { DatabaseNetwork, type DatabaseNetworkProps } from "../../modules/database-network";
import { DatabaseProxy } from "../../modules/database-proxy";
import { type DatabaseAccess, GlobalDatabase } from "../../modules/global-database";
import { type PooledDatabaseConfig, pooledDatabaseConfig } from "./config";
import { DatabaseUsers, type UserSecret } from "./database-users";
import { existingNetworkIn } from "./existing-networks";
import { PgBouncerPools } from "./pgbouncer-pools";

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
  /** Puts a pool, an RDS Proxy or PgBouncer, between clients and clusters. */
  readonly pooled: boolean;
  /** Has a function make and rotate the passwords of the users; with a pool only. */
  readonly rotated: boolean;
  /** Keeps rotation events that could not be handled. */
  readonly deadLetters: boolean;
  /** Concurrent executions per region, added up, of the functions that connect. */
  readonly concurrency: number;
  /** Encrypts data, logs and secrets; its users include `rds`, `secretsmanager` and `logs`. */
  readonly key: RegionalKey;
  /** Encrypts what rotation functions log, and their variables; its users include `lambda`, `logs` and `sqs`. */
  readonly operationsKey: RegionalKey;
  readonly alarms?: AlarmTarget;
  /** What functions in the networks may reach beside the database, by names that never change. */
  readonly clientTargets?: DatabaseNetworkProps["clientTargets"];
}

/** How a function reaches a database in its own region. */
export interface DatabaseConnection {
  readonly access: DatabaseAccess;
  /** Private subnets that the function runs in. */
  readonly subnetIds: readonly string[];
  /** The group that may reach the database, and those that are given for what else functions call. */
  readonly securityGroupIds: readonly string[];
  /** The secret of a user, where it takes that to log in: passwords are asked for, or user names alternate. */
  userSecret(user: string): UserSecret | undefined;
}

/** A global database with a network, and from the stage that brings it a pool, in each of its regions. */
export class PooledDatabase extends Construct {
  private readonly networks: ReadonlyMap<string, DatabaseNetwork>;
  private readonly database: GlobalDatabase;
  private readonly pools: ReadonlyMap<string, DatabaseAccess>;
  /** Where there is a pool, which knows them by their secrets. */
  private readonly users?: DatabaseUsers;

  constructor(scope: Construct, id: string, props: PooledDatabaseProps) {
    super(scope, id);
    const { account, home, standby, key, alarms } = props;
    const config = parseConfig(pooledDatabaseConfig, props.config, this.node.path);
    const name = resourceName(this, [props.environment, props.name], 50);
    const regions = [home, ...standby];
    const { existing, ...created } = config.network;
    this.networks = new Map(
      regions.map((region) => [
        region,
        new DatabaseNetwork(this, `network-${region}`, {
          config: created,
          name,
          region,
          existing: existing && existingNetworkIn(this, existing, region),
          // Open also where there is a pool: functions would be cut off between the deployment of the pool and their own.
          // Once a pool exists, their roles allow them to connect to nothing else.
          directAccess: true,
          clientTargets: props.clientTargets,
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
    this.users = props.pooled ? new DatabaseUsers(this, { ...props, config, name }) : undefined;
    this.pools = this.users ? this.addPools(props, config, name, this.users) : new Map();
    const atHome = this.networks.get(home);
    if (props.rotated && atHome) this.users?.rotate(this.database, atHome);
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
    const access = this.pools.get(region) ?? this.database.accessIn(region);
    return {
      access,
      subnetIds: network.subnetIds,
      securityGroupIds: [network.clientSecurityGroupId, ...network.additionalSecurityGroupIds],
      userSecret: (user) => this.users?.secretOf(user, region, access.authentication),
    };
  }

  private addPools(
    props: PooledDatabaseProps,
    config: PooledDatabaseConfig,
    name: string,
    users: DatabaseUsers,
  ): ReadonlyMap<string, DatabaseAccess> {
    const { account, home, standby, key, alarms, concurrency } = props;
    const { database, networks } = this;
    if (config.pgbouncer) {
      const usersIn = (region: string) => users.in(region);
      const common = { name, account, home, standby, database, networks, usersIn, concurrency, key, alarms };
      return new PgBouncerPools(this, "pgbouncer", { ...common, config: config.pgbouncer }).byRegion;
    }
    return new Map(this.addProxies(props, config, name, users));
  }

  private addProxies(props: PooledDatabaseProps, config: PooledDatabaseConfig, name: string, users: DatabaseUsers) {
    const { account, key, alarms, concurrency } = props;
    return [...this.networks].map(([region, network]) => {
      const proxy = new DatabaseProxy(this, `proxy-${region}`, {
        config: config.proxy,
        name: `${name}-proxy`,
        region,
        account,
        cluster: this.database.pooledClusterIn(region),
        subnetIds: network.subnetIds,
        securityGroupIds: [network.poolSecurityGroupId],
        users: users.in(region),
        concurrency,
        key,
        alarms,
      });
      return [region, proxy] as const;
    });
  }
}
