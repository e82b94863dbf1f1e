import { DbProxy } from "@cdktf/provider-aws/lib/db-proxy";
import { DbProxyDefaultTargetGroup } from "@cdktf/provider-aws/lib/db-proxy-default-target-group";
import { DbProxyEndpoint } from "@cdktf/provider-aws/lib/db-proxy-endpoint";
import { DbProxyTarget } from "@cdktf/provider-aws/lib/db-proxy-target";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  LogGroup,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../core";
import { type DatabaseAccess, engineOf, grantConnectTo, type PooledCluster } from "../global-database";
import { type DatabaseProxyConfig, type DatabaseProxyInput, databaseProxyConfig } from "./config";
import { type PoolSize, poolSize } from "./pool-size";
import { ProxyAlarms } from "./proxy-alarms";
import { ProxyRole } from "./proxy-role";

/** A database user for the pool's connections. */
export interface DatabaseUser {
  readonly user: string;
  /**
   * Secret with `username` and `password`, in the proxy's region; in a standby region, the replica. None with
   * `authentication: "iam"`, where the user is a member of `rds_iam`.
   */
  readonly secretArn?: string;
  /** A second user name that the secret may hold instead of `user`, if its login alternates between two. */
  readonly alternate?: string;
}

/** A user that has a password. */
export type UserWithSecret = DatabaseUser & { readonly secretArn: string };

export interface DatabaseProxyProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: DatabaseProxyInput;
  /** `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The cluster that it connects to. */
  readonly cluster: PooledCluster;
  /** Private subnets in the cluster's VPC, in at least two zones. Changing them replaces the proxy. */
  readonly subnetIds: readonly string[];
  /** Security groups that may reach the database and that clients may reach. */
  readonly securityGroupIds: readonly string[];
  /** The users that may log in through it, each with its secret. */
  readonly users: readonly DatabaseUser[];
  /** Total concurrent executions of the functions that use the proxy in this region. */
  readonly concurrency: number;
  /** Encrypts the log group and the users' secrets. */
  readonly key: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/**
 * An RDS Proxy for the cluster in one region, with a writer endpoint and a read-only endpoint.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.html
 */
export class DatabaseProxy extends Construct implements DatabaseAccess {
  readonly region: string;
  readonly engine: NonNullable<DatabaseAccess["engine"]>;
  readonly writerEndpoint: string;
  readonly readerEndpoint: string;
  readonly port: number;
  readonly databaseName: string;
  readonly authentication = "iam";
  readonly forwardsWrites: boolean;
  readonly proxyArn: string;
  readonly proxyName: string;
  /** How the pool was sized. */
  readonly poolSize: PoolSize;
  private readonly account: string;
  private readonly users: readonly DatabaseUser[];

  constructor(scope: Construct, id: string, props: DatabaseProxyProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region, account, cluster, key, name } = props;
    const config = parseConfig(databaseProxyConfig, props.config, this.node.path);
    const provider = deploymentStackOf(this).providers.in(region);
    this.check(props);
    this.engine = cluster.engine ?? "aurora-postgresql";
    this.forwardsWrites = cluster.writeForwarding;
    this.poolSize = this.fittingSize(props, config);

    const logGroup = new LogGroup(this, "log-group", {
      provider,
      name: `/aws/rds/proxy/${name}`,
      retentionDays: config.logRetentionDays,
      keyArn: key.arnIn(region),
    });
    const iam = config.authentication === "iam";
    const secrets = this.secretsOf(props.users, iam);
    const role = new ProxyRole(this, "access", {
      name,
      region,
      account,
      secretArns: secrets.map(({ secretArn }) => secretArn),
      key,
    });
    for (const { user } of iam ? props.users : []) {
      grantConnectTo(this, { region, account, resourceId: this.resourceIdOf(cluster) }, role, user);
    }
    const proxy = new DbProxy(this, "proxy", {
      provider,
      name,
      engineFamily: isMysql(cluster) ? "MYSQL" : "POSTGRESQL",
      requireTls: true,
      debugLogging: false,
      idleClientTimeout: config.idleClientTimeoutSeconds,
      roleArn: role.roleArn,
      vpcSubnetIds: [...props.subnetIds],
      vpcSecurityGroupIds: [...props.securityGroupIds],
      auth: secrets.map(({ user, secretArn }) => ({
        authScheme: "SECRETS",
        clientPasswordAuthType: isMysql(cluster) ? "MYSQL_CACHING_SHA2_PASSWORD" : "POSTGRES_SCRAM_SHA_256",
        description: user,
        iamAuth: "REQUIRED",
        secretArn,
      })),
      timeouts: { create: "1h", update: "1h", delete: "2h" },
      dependsOn: [role.policy, logGroup],
    });
    // Not an argument of the binding of 5.100, which refuses it by the configuration's rule.
    if (iam) proxy.addOverride("default_auth_scheme", "IAM_AUTH");
    const target = this.addTarget(proxy, config, cluster);
    const reader = new DbProxyEndpoint(this, "reader", {
      provider,
      dbProxyName: proxy.name,
      dbProxyEndpointName: `${name}-reader`,
      targetRole: "READ_ONLY",
      vpcSubnetIds: [...props.subnetIds],
      vpcSecurityGroupIds: [...props.securityGroupIds],
      timeouts: { create: "1h", update: "1h", delete: "1h" },
      dependsOn: [target],
    });
    this.region = region;
    this.account = account;
    this.users = props.users;
    this.port = engineOf(this.engine).port;
    this.databaseName = cluster.databaseName;
    this.proxyArn = proxy.arn;
    this.proxyName = name;
    this.writerEndpoint = proxy.endpoint;
    this.readerEndpoint = reader.endpoint;
    if (props.alarms) new ProxyAlarms(this, "alarms", { region, proxyName: name, config, target: props.alarms });
  }

  /** Lets a principal in the proxy's region connect as one of the proxy's users. */
  grantConnect(grantee: Grantee, user: string): void {
    if (!this.users.some((known) => known.user === user || known.alternate === user)) {
      throw new ConstructError(
        this,
        `has no secret for the user "${user}", only for ${this.users.map((known) => known.user).join(", ")}`,
        "add the user with its secret",
      );
    }
    // arn:aws:rds:<region>:<account>:db-proxy:prx-...
    const resourceId = Token.asString(Fn.element(Fn.split(":", this.proxyArn), 6));
    grantConnectTo(this, { region: this.region, account: this.account, resourceId }, grantee, user);
  }

  /** The users that the proxy logs in for with a password. */
  private secretsOf(users: readonly DatabaseUser[], iam: boolean): { user: string; secretArn: string }[] {
    return users.flatMap(({ user, secretArn }) => {
      if (iam === (secretArn === undefined)) return secretArn === undefined ? [] : [{ user, secretArn }];
      throw new ConstructError(
        this,
        `the user "${user}" has ${iam ? "a" : "no"} secret, and authentication is ${iam ? '"iam"' : '"secrets"'}`,
        iam ? "leave its secret out, and make it a member of rds_iam" : "pass the user's secret",
      );
    });
  }

  private resourceIdOf({ resourceId }: PooledCluster): string {
    if (resourceId !== undefined) return resourceId;
    throw new ConstructError(
      this,
      'authentication is "iam", but the cluster has no resourceId, which the permission to connect names',
      "pass the cluster's resource id, cluster-...",
    );
  }

  private addTarget(proxy: DbProxy, config: DatabaseProxyConfig, cluster: PooledCluster): ITerraformDependable {
    const provider = proxy.provider;
    const { percent } = this.poolSize;
    const group = new DbProxyDefaultTargetGroup(this, "target-group", {
      provider,
      dbProxyName: proxy.name,
      connectionPoolConfig: {
        connectionBorrowTimeout: config.connectionBorrowTimeoutSeconds,
        maxConnectionsPercent: percent,
        maxIdleConnectionsPercent: Math.floor((percent * config.maxIdleConnectionsPercent) / 100),
        ...ofSessions(config, cluster),
      },
    });
    return new DbProxyTarget(this, "target", {
      provider,
      dbProxyName: proxy.name,
      targetGroupName: group.name,
      dbClusterIdentifier: cluster.clusterIdentifier,
    });
  }

  private fittingSize(
    { cluster, concurrency }: DatabaseProxyProps,
    config: { executionsPerConnection: number; reservedPercent: number },
  ): PoolSize {
    const size = poolSize({ ...cluster, ...config, concurrency });
    if (size.percent <= size.availablePercent) return size;
    throw new ConstructError(
      this,
      `${concurrency} concurrent executions need ${size.connections} connections, ${size.percent} percent of max_connections (${size.maxConnections}), but only ${size.availablePercent} percent are available`,
      "raise the capacity of the database, reserve less concurrency for the functions, or raise executionsPerConnection after measuring",
    );
  }

  private check({ name, subnetIds, users, concurrency, cluster, config }: DatabaseProxyProps): void {
    const refuse = (problem: string, remedy: string): never => {
      throw new ConstructError(this, problem, remedy);
    };
    // The read-only endpoint appends "-reader", and AWS allows 63 characters.
    if (!/^(?!.*--)[a-z][a-z0-9-]{0,55}(?<!-)$/.test(name)) {
      refuse(
        `"${name}" is not a valid proxy name`,
        "use up to 56 lower-case letters, digits and single hyphens, starting with a letter",
      );
    }
    if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
      refuse(
        `has ${new Set(subnetIds).size} distinct subnets, but a proxy needs at least 2, in 2 zones`,
        "pass subnets in two zones",
      );
    }
    if (users.length < 1 || users.length > 200) {
      refuse(
        `has ${users.length} users, but a proxy takes 1 to 200`,
        "pass a secret for each database user that connects",
      );
    }
    if (config.sessionPinningFilters?.length && !isMysql(cluster)) {
      refuse("has sessionPinningFilters, which RDS Proxy takes for MySQL only", "remove them");
    }
    const repeated = users.find(({ user }, at) => users.findIndex((other) => other.user === user) < at);
    if (repeated) refuse(`the user "${repeated.user}" is listed twice`, "list each user once");
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      refuse(
        `a concurrency of ${concurrency} cannot size a pool`,
        "add up the reserved concurrency of the functions that connect",
      );
    }
  }
}

const isMysql = ({ engine }: PooledCluster): boolean => engine === "aurora-mysql";

/**
 * What is set in each session that the proxy opens, and what pins none. A standby region forwards writes of Aurora MySQL only in
 * sessions that say how their reads follow them; RDS Proxy does not take SESSION.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html
 */
function ofSessions({ initQuery, sessionPinningFilters }: DatabaseProxyConfig, cluster: PooledCluster) {
  const forwarding =
    isMysql(cluster) && cluster.writeForwarding ? ["SET aurora_replica_read_consistency = 'EVENTUAL'"] : [];
  const statements = [...forwarding, ...(initQuery === undefined ? [] : [initQuery])];
  return {
    ...(statements.length > 0 && { initQuery: statements.join("; ") }),
    ...(sessionPinningFilters.length > 0 && { sessionPinningFilters }),
  };
}
