import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
} from "../../modules/core";
import { DatabaseNetwork, type DatabaseNetworkProps, type FlowLogInput } from "../../modules/database-network";
import { DatabaseProxy, type DatabaseUser } from "../../modules/database-proxy";
import { type DatabaseAccess, engineOf, GlobalDatabase, portOf } from "../../modules/global-database";
import type { PgBouncerPoolConfig } from "../../modules/pgbouncer-pool";
import { SchemaMigration, type SchemaMigrationInput } from "../../modules/schema-migration";
import { type PooledDatabaseConfig, type PooledDatabaseInput, pooledDatabaseConfig } from "./config";
import { DatabaseUsers, type UserSecret } from "./database-users";
import { existingNetworkIn } from "./existing-networks";
import { PgBouncerPools } from "./pgbouncer-pools";

export interface PooledDatabaseProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: PooledDatabaseInput;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the database within the environment; never changes. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The home region. */
  readonly home: string;
  /** The regions that get a secondary cluster, a network and a pool. */
  readonly standby: readonly string[];
  /** Those of them whose cluster is about to go: AWS deletes none with deletion protection. None by default. */
  readonly unprotected?: readonly string[];
  /** Concurrent executions per region, added up, of the functions that connect. */
  readonly concurrency: number;
  /** Encrypts data, logs and secrets; its users include `rds`, `secretsmanager` and `logs`. */
  readonly key: RegionalKey;
  /** Encrypts what rotation functions log, and their variables; its users include `lambda`, `logs` and `sqs`. */
  readonly operationsKey: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Whether it may be lost, and has to be creatable again at once: its secrets are then deleted for good. */
  readonly disposable?: boolean;
  /** Actions that functions in the networks need through endpoints besides the usual ones. */
  readonly endpointActions?: readonly string[];
  /** What functions in the networks may reach besides the database, by names that never change. */
  readonly clientTargets?: DatabaseNetworkProps["clientTargets"];
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** How a function reaches a database in its own region. */
export interface DatabaseConnection {
  readonly access: DatabaseAccess;
  /** Private subnets that the function runs in. */
  readonly subnetIds: readonly string[];
  /** The group that may reach the database, and the existing groups for everything else that functions call. */
  readonly securityGroupIds: readonly string[];
  /** The secret of a user, if it is needed to log in: because of a password, or because user names alternate. */
  userSecret(user: string): UserSecret | undefined;
}

/** A global database with a network and, if asked for, a pool in each of its regions. */
export class PooledDatabase extends Construct {
  private readonly networks: ReadonlyMap<string, DatabaseNetwork>;
  private readonly database: GlobalDatabase;
  private readonly config: PooledDatabaseConfig;
  /** `<environment>-<name>`. */
  private readonly fullName: string;
  /** How long deleted secrets, and their names, are kept. */
  private readonly secretRecoveryDays: number;
  private pools: ReadonlyMap<string, DatabaseAccess> = new Map();
  /** Set if there is a pool, which knows the users by their secrets. */
  private users?: DatabaseUsers;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PooledDatabaseProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { account, home, standby, key, alarms } = props;
    const config = parseConfig(pooledDatabaseConfig, props.config, this.node.path);
    const name = resourceName(this, [props.environment, props.name], 50);
    this.config = config;
    this.fullName = name;
    this.secretRecoveryDays = props.disposable ? 0 : 30;
    const regions = [home, ...standby];
    const { existing, ...created } = config.network;
    this.networks = new Map(
      regions.map((region) => [
        region,
        new DatabaseNetwork(this, `network-${region}`, {
          config: { ...created, port: portOf(config.cluster) },
          name,
          region,
          account,
          endpointActions: props.endpointActions,
          existing: existing && existingNetworkIn(this, existing, region),
          // Also open if there is a pool: functions would be cut off between the deployment of the pool and their own.
          // Once a pool exists, their roles only allow them to connect to it.
          directAccess: true,
          poolPort: config.pgbouncer ? undefined : engineOf(config.cluster.engine).port,
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
      unprotected: props.unprotected,
      key,
      networks: Object.fromEntries(
        [...this.networks].map(([region, { subnetGroupName, databaseSecurityGroupId }]) => [
          region,
          { subnetGroupName, securityGroupIds: [databaseSecurityGroupId] },
        ]),
      ),
      alarms,
      secretRecoveryDays: this.secretRecoveryDays,
    });
  }

  /**
   * Puts a pool, an RDS Proxy or PgBouncer as configured, between clients and the cluster of each region, and creates the
   * secrets that it knows its users by, where they have passwords. A second call changes nothing.
   */
  addPools(): void {
    if (this.pools.size > 0) return;
    const { props, config, fullName: name, secretRecoveryDays } = this;
    if (this.hasNoPasswords) {
      this.pools = new Map(this.proxies(() => config.users.map((user) => ({ user }))));
      return;
    }
    this.users = new DatabaseUsers(this, { ...props, config, name, secretRecoveryDays });
    this.pools = config.pgbouncer
      ? this.pgbouncerPools(config.pgbouncer, this.users)
      : new Map(this.proxies((region) => this.users?.in(region) ?? []));
  }

  /** Whether users log in by IAM through the pool as well. */
  private get hasNoPasswords(): boolean {
    return !this.config.pgbouncer && this.config.proxy.authentication === "iam";
  }

  /**
   * Lets a function create and rotate the passwords of the users, if they have any.
   * @throws ConstructError without pools: users without a password log in by IAM
   */
  rotatePasswords(): void {
    if (this.hasNoPasswords) return;
    const network = this.networks.get(this.props.home);
    if (!this.users || !network) {
      throw new ConstructError(this, "has no pool, so its users have no passwords to rotate", "call addPools first");
    }
    this.users.rotate(this.database, network);
  }

  /**
   * Applies migrations from a function in the home region, as a step of the deployment: what reads this stack's outputs comes after them.
   * @throws ConstructError if a migration locks or drops what is in use
   */
  runMigrations(config: SchemaMigrationInput): void {
    const { home, account, environment, operationsKey: key, alarms } = this.props;
    const { database, fullName: name } = this;
    const network = this.networkOf(home);
    const serviceUsers = this.config.users;
    new SchemaMigration(this, "migrations", {
      config,
      name,
      environment,
      account,
      database,
      network,
      serviceUsers,
      key,
      alarms,
    });
  }

  /** The ARN of the cluster in a region. @throws ConstructError if the database has none there */
  clusterArnIn(region: string): string {
    return this.database.clusterArnIn(region);
  }

  /** The network in a region. @throws ConstructError when the database is not in that region */
  networkIn(region: string): { readonly vpcId: string; readonly subnetIds: readonly string[] } {
    return this.networkOf(region);
  }

  /** Logs the traffic of each network that is made here; a second call changes nothing. */
  addFlowLogs(config: FlowLogInput): void {
    const { account, operationsKey: key } = this.props;
    for (const network of this.networks.values()) network.addFlowLogs({ config, account, key });
  }

  /** How functions of a region connect. @throws ConstructError when the database is not in that region */
  connectionIn(region: string): DatabaseConnection {
    const network = this.networkOf(region);
    const access = this.pools.get(region) ?? this.database.accessIn(region);
    return {
      access,
      subnetIds: network.subnetIds,
      securityGroupIds: [network.clientSecurityGroupId, ...network.additionalSecurityGroupIds],
      userSecret: (user) => this.users?.secretOf(user, region, access.authentication),
    };
  }

  private networkOf(region: string): DatabaseNetwork {
    const network = this.networks.get(region);
    if (network) return network;
    throw new ConstructError(
      this,
      `is in ${[...this.networks.keys()].join(", ")}, not in ${region}`,
      "switch globalDatabase on before services run in the standby regions",
    );
  }

  private pgbouncerPools(config: PgBouncerPoolConfig, users: DatabaseUsers): ReadonlyMap<string, DatabaseAccess> {
    const { account, home, standby, key, alarms, concurrency } = this.props;
    const { database, networks, fullName: name, secretRecoveryDays } = this;
    const usersIn = (region: string) => users.in(region);
    const common = { name, account, home, standby, database, networks, usersIn, concurrency, key, alarms };
    return new PgBouncerPools(this, "pgbouncer", { ...common, config, secretRecoveryDays }).byRegion;
  }

  private proxies(usersIn: (region: string) => readonly DatabaseUser[]) {
    const { account, key, alarms, concurrency } = this.props;
    return [...this.networks].map(([region, network]) => {
      const proxy = new DatabaseProxy(this, `proxy-${region}`, {
        config: this.config.proxy,
        name: `${this.fullName}-proxy`,
        region,
        account,
        cluster: this.database.pooledClusterIn(region),
        subnetIds: network.subnetIds,
        securityGroupIds: [network.poolSecurityGroupId],
        users: usersIn(region),
        concurrency,
        key,
        alarms,
      });
      return [region, proxy] as const;
    });
  }
}
