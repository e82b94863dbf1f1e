import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  type Grantee,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../../modules/core";
import { DatabaseNetwork, type DatabaseNetworkProps } from "../../modules/database-network";
import { DatabaseProxy, type DatabaseUser } from "../../modules/database-proxy";
import { type DatabaseAccess, GlobalDatabase } from "../../modules/global-database";
import { ReplicatedSecret } from "../../modules/replicated-secret";
import { VersionCanary, type VersionCanaryInput } from "../../modules/version-canary";
import { alternateUser } from "./alternate-user";
import { type PooledDatabaseConfig, pooledDatabaseConfig } from "./config";
import { existingNetworkIn } from "./existing-networks";
import { PgBouncerPools } from "./pgbouncer-pools";
import { canaryName, UserRotation } from "./user-rotation";

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

/** A database user whose login functions learn from its secret, as it may be another one tomorrow. */
export interface UserSecret {
  /** ARN of the secret, or of its replica in the function's region. */
  readonly secretArn: string;
  /** Every name that the secret may hold. */
  readonly users: readonly string[];
  grantRead(grantee: Grantee): void;
  /** The share of the region's functions that use a new login, where it has one. */
  readonly canary?: UserCanary;
}

/** What a function is told of the canary of its user's login. */
export interface UserCanary {
  /** Path of the parameter with the share. */
  readonly path: string;
  /** Dimension `Name` of the failures that it reports. */
  readonly name: string;
  grantRead(grantee: Grantee): void;
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
  private readonly secrets: ReadonlyMap<string, ReplicatedSecret>;
  private readonly rotated: boolean;
  /** By user: in the home region only, where secrets are rotated and traffic is served while they are. */
  private readonly canaries: ReadonlyMap<string, VersionCanary>;

  constructor(scope: Construct, id: string, props: PooledDatabaseProps) {
    super(scope, id);
    const { account, home, standby, key, alarms } = props;
    const config = parseConfig(pooledDatabaseConfig, props.config, this.node.path);
    const name = resourceName(this, [props.environment, props.name], 50);
    const regions = [home, ...standby];
    const { existing, ...network } = config.network;
    this.networks = new Map(
      regions.map((region) => [
        region,
        new DatabaseNetwork(this, `network-${region}`, {
          config: network,
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
    this.rotated = props.rotated && props.pooled;
    this.secrets = new Map(props.pooled ? this.addSecrets(props, config, name) : []);
    this.pools = props.pooled ? this.addPools(props, config, name) : new Map();
    this.canaries = new Map(
      this.rotated && config.rotation.canary ? this.addCanaries(props, config.rotation.canary, name) : [],
    );
    if (this.rotated) this.addRotations(props, config, name);
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
      userSecret: (user) => this.userSecret(user, region, access),
    };
  }

  private userSecret(user: string, region: string, { authentication }: DatabaseAccess): UserSecret | undefined {
    const secret = this.secrets.get(user);
    if (!secret || (authentication === "iam" && !this.rotated)) return undefined;
    return {
      secretArn: secret.arnIn(region),
      users: [user, ...(this.rotated ? [alternateUser(user)] : [])],
      grantRead: (grantee) => secret.grantRead(grantee),
      canary: region === secret.home ? this.userCanary(user, secret) : undefined,
    };
  }

  private userCanary(user: string, secret: ReplicatedSecret): UserCanary | undefined {
    const canary = this.canaries.get(user);
    return (
      canary && {
        path: canary.parameterPath,
        name: secret.secretName,
        grantRead: (grantee) => canary.grantRead(grantee),
      }
    );
  }

  private addCanaries(
    { environment, account, home, operationsKey, deadLetters, alarms }: PooledDatabaseProps,
    config: VersionCanaryInput,
    name: string,
  ) {
    return [...this.secrets].map(
      ([user, secret]) =>
        [
          user,
          new VersionCanary(this, `canary-${user.replaceAll("_", "-")}`, {
            config,
            name: canaryName(name, user),
            environment,
            subject: secret.secretName,
            region: home,
            account,
            key: operationsKey,
            tracing: false,
            deadLetters,
            alarms,
          }),
        ] as const,
    );
  }

  private addSecrets(
    { account, home, standby, key, alarms }: PooledDatabaseProps,
    { users }: PooledDatabaseConfig,
    name: string,
  ) {
    return users.map(
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
  }

  private addRotations(props: PooledDatabaseProps, config: PooledDatabaseConfig, name: string): void {
    const { environment, account, home, deadLetters, operationsKey, alarms } = props;
    const network = this.networks.get(home);
    if (!network) return;
    for (const [user, secret] of this.secrets) {
      new UserRotation(this, `rotation-${user.replaceAll("_", "-")}`, {
        config: config.rotation,
        environment,
        name,
        user,
        account,
        secret,
        database: this.database,
        network,
        key: operationsKey,
        deadLetters,
        canary: this.canaries.get(user),
        alarms,
      });
    }
  }

  private usersIn(region: string): DatabaseUser[] {
    return [...this.secrets].map(([user, secret]) => ({
      user,
      secretArn: secret.arnIn(region),
      ...(this.rotated && { alternate: alternateUser(user) }),
    }));
  }

  private addPools(
    props: PooledDatabaseProps,
    config: PooledDatabaseConfig,
    name: string,
  ): ReadonlyMap<string, DatabaseAccess> {
    const { account, home, standby, key, alarms, concurrency } = props;
    const { database, networks } = this;
    if (config.pgbouncer) {
      const usersIn = (region: string) => this.usersIn(region);
      const common = { name, account, home, standby, database, networks, usersIn, concurrency, key, alarms };
      return new PgBouncerPools(this, "pgbouncer", { ...common, config: config.pgbouncer }).byRegion;
    }
    return new Map(this.addProxies(props, config, name));
  }

  private addProxies(props: PooledDatabaseProps, config: PooledDatabaseConfig, name: string) {
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
        users: this.usersIn(region),
        concurrency,
        key,
        alarms,
      });
      return [region, proxy] as const;
    });
  }
}
