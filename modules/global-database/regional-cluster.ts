import { RdsCluster, type RdsClusterConfig } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { acceptFinding, deploymentStackOf, LogGroup } from "../core";
import { clusterParameters } from "./cluster-parameters";
import type { GlobalDatabaseConfig } from "./config";
import { engineOf, portOf } from "./engines";

/** The network of a cluster in one region; the values may be tokens. */
export interface ClusterNetwork {
  readonly subnetGroupName: string;
  readonly securityGroupIds: readonly string[];
}

export interface RegionalClusterProps {
  /** The configuration, with every default filled in. */
  readonly config: GlobalDatabaseConfig;
  /** Name in AWS, `<environment>-<name>`. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** How many database instances the cluster has. */
  readonly instances: number;
  /** The network that it is in. */
  readonly network: ClusterNetwork;
  /** ARN of the key that encrypts it, in its region. */
  readonly keyArn: string;
  /** ARN of the role that writes enhanced monitoring. */
  readonly monitoringRoleArn: string;
  /** Arguments that differ between the first and the other clusters of a global database. */
  readonly membership: Partial<RdsClusterConfig>;
  /** What has to be there before the cluster. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The cluster in one region, with its instances, parameters and log groups.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-getting-started.html
 */
export class RegionalCluster extends Construct {
  readonly cluster: RdsCluster;
  readonly instances: readonly RdsClusterInstance[];

  constructor(scope: Construct, id: string, props: RegionalClusterProps) {
    super(scope, id);
    const { config, name, region, keyArn } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const serverless = config.capacity.type === "serverless" ? config.capacity : undefined;
    const engine = engineOf(config.engine);
    const family = engine.familyOf(config.engineVersion);
    const logs = engine.logsOf(config);
    const parameterGroup = new RdsClusterParameterGroup(this, "parameters", {
      provider,
      // The family is part of the name because a new major version needs a new group next to the old one.
      name: `${name}-${family.replaceAll(".", "-")}`,
      family,
      description: `Parameters of ${name}`,
      parameter: clusterParameters(config),
      lifecycle: { createBeforeDestroy: true },
    });
    const logGroups = logs.map(
      (log) =>
        new LogGroup(this, `log-${log}`, {
          provider,
          name: `/aws/rds/cluster/${name}/${log}`,
          retentionDays: config.logRetentionDays,
          keyArn,
        }),
    );
    this.cluster = new RdsCluster(this, "cluster", {
      provider,
      clusterIdentifier: name,
      engine: engine.name,
      engineMode: "provisioned",
      engineVersion: config.engineVersion,
      port: portOf(config),
      storageEncrypted: true,
      kmsKeyId: keyArn,
      dbSubnetGroupName: props.network.subnetGroupName,
      vpcSecurityGroupIds: [...props.network.securityGroupIds],
      dbClusterParameterGroupName: parameterGroup.name,
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: config.backupRetentionDays,
      preferredBackupWindow: config.preferredBackupWindow,
      preferredMaintenanceWindow: config.preferredMaintenanceWindow,
      copyTagsToSnapshot: true,
      deletionProtection: config.deletionProtection,
      skipFinalSnapshot: config.skipFinalSnapshot,
      finalSnapshotIdentifier: config.skipFinalSnapshot ? undefined : `${name}-final`,
      enabledCloudwatchLogsExports: [...logs],
      applyImmediately: config.applyImmediately,
      ...(serverless && {
        serverlessv2ScalingConfiguration: {
          minCapacity: serverless.minCapacity,
          maxCapacity: serverless.maxCapacity,
        },
      }),
      ...props.membership,
      timeouts: { create: "2h", update: "2h", delete: "2h" },
      lifecycle: {
        ignoreChanges: [
          // After a failover the roles differ from the original ones. Reverting them would detach a cluster.
          "replication_source_identifier",
          "global_cluster_identifier",
          // Upgrades go through the global cluster, which upgrades its members.
          "engine_version",
        ],
      },
      dependsOn: [...logGroups, ...props.dependsOn],
    });
    acceptFinding(
      this.cluster,
      "CKV2_AWS_8",
      "Aurora keeps backups of its own; a plan of AWS Backup selects it by its ARN in another state, where the check does not look.",
    );
    // Only asked of MySQL, the one engine that has it.
    if (engine.name === "aurora-mysql") {
      acceptFinding(
        this.cluster,
        "CKV_AWS_326",
        "A cluster of a global database cannot backtrack; backups and point-in-time recovery go back instead.",
      );
    }
    this.instances = Array.from({ length: props.instances }, (_, at) => {
      const instance = new RdsClusterInstance(this, `instance-${at + 1}`, {
        provider,
        identifier: `${name}-${at + 1}`,
        clusterIdentifier: this.cluster.clusterIdentifier,
        engine: engine.name,
        instanceClass: config.capacity.type === "serverless" ? "db.serverless" : config.capacity.instanceClass,
        dbSubnetGroupName: props.network.subnetGroupName,
        publiclyAccessible: false,
        // The first two instances have the same priority for taking over from a failed writer.
        promotionTier: at < 2 ? 0 : 1,
        autoMinorVersionUpgrade: false,
        copyTagsToSnapshot: true,
        preferredMaintenanceWindow: config.preferredMaintenanceWindow,
        applyImmediately: config.applyImmediately,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        performanceInsightsRetentionPeriod: config.performanceInsightsRetentionDays,
        monitoringInterval: config.monitoringIntervalSeconds,
        monitoringRoleArn: props.monitoringRoleArn,
        timeouts: { create: "2h", update: "2h", delete: "2h" },
      });
      // True would be misleading: it has no effect in a global database.
      acceptFinding(
        instance,
        "CKV_AWS_226",
        "AWS makes no minor upgrades by itself in a global database; raising engineVersion upgrades all of its regions.",
      );
      return instance;
    });
  }
}
