import { RdsGlobalCluster } from "@cdktf/provider-aws/lib/rds-global-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  parseConfig,
  partitionOf,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../core";
import type { DatabaseCapacity } from "./capacity";
import { ClusterAlarms } from "./cluster-alarms";
import { type GlobalDatabaseConfig, type GlobalDatabaseInput, globalDatabaseConfig } from "./config";
import { type DatabaseAccess, grantConnectTo, type PooledCluster, rdsAuthoritiesFile } from "./database-access";
import { type DatabaseEngine, engineOf, portOf } from "./engines";
import { MasterSecret } from "./master-secret";
import { monitoringRole } from "./monitoring-role";
import { type ClusterNetwork, RegionalCluster } from "./regional-cluster";

export interface GlobalDatabaseProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: GlobalDatabaseInput;
  /** Identifier of the global cluster and of the cluster in each region, `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The initial primary region; cannot change, even if another region takes over. */
  readonly home: string;
  /** The regions of the secondary clusters. Adding one only creates its cluster. */
  readonly standby: readonly string[];
  /** Those of them whose cluster is about to go: AWS deletes none with deletion protection. None by default. */
  readonly unprotected?: readonly string[];
  /** Encrypts storage, backups, Performance Insights, logs and the master secret, with the region's own key. */
  readonly key: RegionalKey;
  /** The network of the cluster, by region. */
  readonly networks: Readonly<Record<string, ClusterNetwork>>;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /**
   * How long the deleted master secret can be restored, 7 to 30 days; 30 by default. Its name is taken until then: with 0 the
   * database can be created again at once.
   */
  readonly secretRecoveryDays?: number;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** An Aurora global database has one primary region and up to ten secondary regions. */
const mostStandby = 10;

/**
 * An Aurora database that is global from the start: adding regions to `standby` changes nothing else.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export class GlobalDatabase extends Construct {
  /** The regions that have a cluster, home first. */
  readonly regions: readonly string[];
  readonly databaseName: string;
  readonly port: number;
  /** Aurora PostgreSQL or Aurora MySQL. */
  readonly engine: DatabaseEngine;
  /** The default max_connections of each instance. */
  readonly maxConnections: number;
  /** ARN of the master user's secret in the home region. The standby regions have replicas with the same name. */
  readonly masterSecretArn: string;
  private readonly clusters = new Map<string, RegionalCluster>();
  private readonly config: GlobalDatabaseConfig;
  private readonly account: string;
  private readonly home: string;
  private readonly key: RegionalKey;

  constructor(scope: Construct, id: string, props: GlobalDatabaseProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { home, standby, name, account, key } = props;
    const config = parseConfig(globalDatabaseConfig, props.config, this.node.path);
    this.config = config;
    this.account = account;
    this.home = home;
    this.key = key;
    this.regions = [home, ...standby];
    this.databaseName = config.databaseName;
    this.engine = engineOf(config.engine);
    this.port = portOf(config);
    // Of the smallest region, as any may have to serve all clients.
    this.maxConnections = Math.min(
      ...this.regions.map((region) => this.engine.maxConnections(this.capacityIn(region))),
    );
    this.checkName(name);
    this.checkRegions(props);

    const global = new RdsGlobalCluster(this, "global", {
      provider: deploymentStackOf(this).providers.in(home),
      globalClusterIdentifier: name,
      engine: config.engine,
      engineVersion: config.engineVersion,
      databaseName: config.databaseName,
      storageEncrypted: true,
      deletionProtection: config.deletionProtection,
      timeouts: { create: "1h", update: "2h", delete: "1h" },
    });
    const secret = new MasterSecret(this, "master", {
      recoveryWindowDays: props.secretRecoveryDays ?? 30,
      name,
      home,
      standby,
      key,
      username: config.masterUsername,
      version: config.masterPasswordVersion,
    });
    this.masterSecretArn = secret.secretArn;
    const monitoring = monitoringRole(this, { name, home, account });
    const common = { name, monitoringRoleArn: monitoring.roleArn };
    const primary = new RegionalCluster(this, home, {
      ...common,
      region: home,
      config: this.configIn(home),
      instances: config.instances.home,
      network: this.networkIn(props, home),
      keyArn: key.arnIn(home),
      membership: {
        globalClusterIdentifier: global.id,
        databaseName: config.databaseName,
        masterUsername: config.masterUsername,
        masterPasswordWo: secret.password,
        masterPasswordWoVersion: config.masterPasswordVersion,
      },
      dependsOn: [monitoring.attachment],
    });
    this.clusters.set(home, primary);
    for (const region of standby) {
      const secondary = new RegionalCluster(this, region, {
        ...common,
        region,
        config: {
          ...this.configIn(region),
          deletionProtection: config.deletionProtection && !props.unprotected?.includes(region),
        },
        instances: config.instances.standby,
        network: this.networkIn(props, region),
        keyArn: key.arnIn(region),
        membership: {
          globalClusterIdentifier: global.id,
          sourceRegion: home,
          enableGlobalWriteForwarding: config.writeForwarding,
        },
        // A region can only be added to a running primary.
        dependsOn: [...primary.instances],
      });
      this.clusters.set(region, secondary);
    }
    for (const region of props.alarms ? this.regions : []) this.addAlarms(props, region);
  }

  /**
   * How clients connect to the database in a region without a pool.
   * @throws ConstructError if it has no cluster there
   */
  accessIn(region: string): DatabaseAccess {
    const { cluster } = this.inRegion(region);
    return {
      region,
      engine: this.engine.name,
      writerEndpoint: cluster.endpoint,
      readerEndpoint: cluster.readerEndpoint,
      port: this.port,
      databaseName: this.databaseName,
      authentication: "iam",
      forwardsWrites: this.config.writeForwarding,
      caFile: rdsAuthoritiesFile,
      grantConnect: (grantee, user) => this.grantConnect(grantee, user),
    };
  }

  /** The cluster for a pool in a region. @throws ConstructError if the database has no cluster there */
  pooledClusterIn(region: string): PooledCluster {
    const { cluster, instances } = this.inRegion(region);
    return {
      // Taken from an instance, so that the pool depends on it: a cluster without instances cannot be a target.
      clusterIdentifier: (instances[0] ?? cluster).clusterIdentifier,
      resourceId: cluster.clusterResourceId,
      engine: this.engine.name,
      databaseName: this.databaseName,
      port: this.port,
      capacity: this.capacityIn(region),
      writeForwarding: this.config.writeForwarding,
    };
  }

  private capacityIn(region: string): DatabaseCapacity {
    return (
      (this.config.capacityIn as Readonly<Record<string, DatabaseCapacity | undefined>>)[region] ?? this.config.capacity
    );
  }

  private configIn(region: string): GlobalDatabaseConfig {
    return { ...this.config, capacity: this.capacityIn(region) };
  }

  /** @throws ConstructError if the database has no cluster in the region */
  clusterArnIn(region: string): string {
    return this.inRegion(region).cluster.arn;
  }

  /** The immutable id, `cluster-...`, for use in connect permissions. @throws ConstructError as above */
  resourceIdIn(region: string): string {
    return this.inRegion(region).cluster.clusterResourceId;
  }

  /**
   * Lets a principal connect to the cluster in its own region as a database user, which must be a member of `rds_iam`.
   */
  grantConnect(grantee: Grantee, user: string): void {
    if (user === this.config.masterUsername) {
      throw new ConstructError(this, `"${user}" is the master user`, "create a separate user for each service");
    }
    const { region } = grantee;
    grantConnectTo(this, { region, account: this.account, resourceId: this.resourceIdIn(region) }, grantee, user);
  }

  /**
   * Lets a principal read the login of the master user, for administration such as creating other users.
   * @throws ConstructError if the grantee is not in the home region
   */
  grantReadMasterSecret(grantee: Grantee): void {
    if (grantee.region !== this.home) {
      throw new ConstructError(
        this,
        `is administered in ${this.home}, but the grantee runs in ${grantee.region}`,
        "administer it from its home region",
      );
    }
    grantee.addToRolePolicy({ actions: ["secretsmanager:GetSecretValue"], resources: [this.masterSecretArn] });
    this.key.grantUse(grantee, "secretsmanager", "decrypt");
  }

  /**
   * The instances that must exist before a region accepts connections.
   * @throws ConstructError if it has no cluster there
   */
  instancesIn(region: string): readonly ITerraformDependable[] {
    return this.inRegion(region).instances;
  }

  private addAlarms({ alarms, name }: GlobalDatabaseProps, region: string): void {
    if (!alarms) return;
    const replicated = this.regions.length > 1;
    new ClusterAlarms(this, `alarms-${region}`, {
      region,
      name,
      config: this.configIn(region),
      replicated,
      target: alarms,
    });
  }

  private networkIn({ networks }: GlobalDatabaseProps, region: string): ClusterNetwork {
    const network = networks[region];
    if (network) return network;
    throw new ConstructError(this, `has no network in region "${region}"`, "add the region to networks");
  }

  private inRegion(region: string): RegionalCluster {
    const cluster = this.clusters.get(region);
    if (cluster) return cluster;
    throw new ConstructError(
      this,
      `has no cluster in region "${region}", only in ${this.regions.join(", ")}`,
      "add the region to the database's standby regions",
    );
  }

  private checkName(name: string): void {
    // Instances append a hyphen and up to two digits, and AWS allows 63 characters.
    if (/^(?!.*--)[a-z][a-z0-9-]{0,59}(?<!-)$/.test(name)) return;
    throw new ConstructError(
      this,
      `"${name}" is not a valid cluster identifier`,
      "use up to 60 lower-case letters, digits and single hyphens, starting with a letter",
    );
  }

  private checkRegions({ home, standby }: GlobalDatabaseProps): void {
    const repeated = this.regions.find((region, at) => this.regions.indexOf(region) !== at);
    if (repeated) {
      throw new ConstructError(this, `region "${repeated}" is listed twice`, "list home and each standby region once");
    }
    if (standby.length > mostStandby) {
      throw new ConstructError(
        this,
        `has ${standby.length} standby regions, but Aurora allows at most ${mostStandby}`,
        "remove some",
      );
    }
    const foreign = standby.find((region) => partitionOf(region) !== partitionOf(home));
    if (foreign) {
      throw new ConstructError(
        this,
        `"${foreign}" is in a different partition than "${home}", and a global database cannot span partitions`,
        "use one environment per partition",
      );
    }
  }
}
