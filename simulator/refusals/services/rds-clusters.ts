import type { Thing } from "../../inventory/thing";
import { isForeign, parseArn } from "../demands/arns";
import { type KeyNeed, usableKey } from "../demands/keys";
import { groupsExist, groupsOfVpc } from "../demands/network";
import { existsByName, newTextsAt, unused } from "../demands/references";
import { trustedRole } from "../demands/roles";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const answer = (code: string, message: string, status = 400): Answer => ({ status, code, message });
/** A code that the API model of the operation does not list. */
const unlisted = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });

const need: KeyNeed = { actions: ["DescribeKey", "CreateGrant"], via: "rds" };

const keyNotAccessible = (_problem: unknown, key: string): Answer =>
  answer(
    "KMSKeyNotAccessibleFault",
    `The specified KMS key [${key}] does not exist, is not enabled or you do not have permissions to access it.`,
  );

/** RDS stores names in lower case. */
const named =
  (attribute: string) =>
  (state: Thing["state"], given: string): boolean =>
    text(state, attribute).toLowerCase() === given.toLowerCase();

const clusterFound = existsByName(
  "cluster_identifier",
  "aws_rds_cluster",
  (given) => answer("DBClusterNotFoundFault", `DBCluster ${given} not found.`, 404),
  named("cluster_identifier"),
);

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const passwordFits: Demand = ({ values }) => {
  const password = text(values, "master_password");
  const refused = (why: string): Answer =>
    unlisted("InvalidParameterValue", `The parameter MasterUserPassword is not a valid password${why}`);
  if (password === "") return undefined;
  if (password.length < 8) return refused(" because it is shorter than 8 characters.");
  return /^[!#-.0-?A-~]+$/.test(password)
    ? undefined
    : refused(". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.");
};

/** Groups that AWS keeps: `default`, `default.aurora-postgresql16`. */
const ownGroups = /^default($|\.)/;
const unlessDefault =
  (attribute: string, demand: Demand): Demand =>
  (call) =>
    ownGroups.test(text(call.values, attribute)) ? undefined : demand(call);

const members = ({ values, cloud }: Call): Thing[] => {
  const global = text(values, "global_cluster_identifier").toLowerCase();
  if (global === "") return [];
  const others = cloud.everywhere("aws_rds_cluster", (cluster) => cluster.arn !== values.arn);
  return others.filter(({ state }) => text(state, "global_cluster_identifier").toLowerCase() === global);
};

/** What the first cluster of a global database has, and no other: who it belongs to. */
const isPrimary = ({ state }: Thing): boolean => text(state, "master_username") !== "";

/** A further cluster of a global database takes its contents and users from the primary. */
const secondaryFits: Demand = (call) => {
  const { values, prior, cloud } = call;
  const others = prior ? [] : members(call);
  if (others.length === 0) return undefined;
  const combination = (message: string): Answer => unlisted("InvalidParameterCombination", message);
  if (text(values, "master_username") !== "" || text(values, "master_password") !== "")
    return combination("Cannot specify user name for cross region replication cluster");
  if (text(values, "database_name") !== "")
    return combination("Cannot specify database name for cross region replication cluster");
  const there = others.find(({ place }) => place.region === cloud.place.region);
  if (there) return combination(`Global cluster already has a cluster in ${cloud.place.region}`);
  const primary = others.find(isPrimary);
  if (!primary) return undefined;
  if (primary.state.storage_encrypted === true && text(values, "kms_key_id") === "")
    return combination("Source cluster is encrypted: KmsKeyId must be specified for cross region replication cluster");
  const arn = text(primary.state, "arn");
  cloud.withArn(arn);
  const instances = cloud
    .everywhere("aws_rds_cluster_instance", (one) => one.cluster_identifier === primary.state.cluster_identifier)
    .filter(({ place }) => place.region === primary.place.region);
  if (instances.length > 0) {
    for (const { state } of instances) cloud.withArn(text(state, "arn"));
    return undefined;
  }
  const message = `Source cluster: ${arn} is in a state which is not valid for physical replication`;
  return answer("InvalidDBClusterStateFault", message);
};

const globalFound = existsByName(
  "global_cluster_identifier",
  "aws_rds_global_cluster",
  (given) => answer("GlobalClusterNotFoundFault", `Global Cluster ${given} not found`, 404),
  named("global_cluster_identifier"),
);

/** The provider cannot move a cluster that stands into a global database. */
const staysInGlobal: Demand = ({ values, prior }) => {
  if (!prior) return undefined;
  const [before, after] = [text(prior, "global_cluster_identifier"), text(values, "global_cluster_identifier")];
  if (before === after || after === "") return undefined;
  return {
    words:
      before === ""
        ? "existing RDS Clusters cannot be added to an existing RDS Global Cluster"
        : "existing RDS Clusters cannot be migrated between existing RDS Global Clusters",
  };
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithDBClusterParamGroups.html */
const parameterFamilyFits: Demand = (call) => {
  const [name] = newTextsAt(call, "db_cluster_parameter_group_name");
  const group = name && call.cloud.find("aws_rds_cluster_parameter_group", (state) => named("name")(state, name));
  const engine = text(call.values, "engine");
  const numbers = text(call.values, "engine_version").split(".");
  // `aurora-postgresql16`, and `aurora-mysql8.0` of 8.0.mysql_aurora.3.08.2.
  const major = engine === "aurora-mysql" ? numbers.slice(0, 2).join(".") : numbers[0];
  if (!group || !/^aurora-(postgresql|mysql)$/.test(engine)) return undefined;
  const family = text(group.state, "family");
  return !major || family === `${engine}${major}`
    ? undefined
    : unlisted(
        "InvalidParameterCombination",
        `The Parameter Group ${name} with DBParameterGroupFamily ${family} can't be used for this instance. ` +
          `Please use a Parameter Group with DBParameterGroupFamily ${engine}${major}`,
      );
};

/** The logs of each engine. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const logsOfEngine: Readonly<Record<string, readonly string[]>> = {
  "aurora-mysql": ["audit", "error", "general", "iam-db-auth-error", "instance", "slowquery"],
  "aurora-postgresql": ["iam-db-auth-error", "instance", "postgresql"],
};

const logsFit: Demand = ({ values }) => {
  const engine = text(values, "engine");
  const known = logsOfEngine[engine];
  const asked = Array.isArray(values.enabled_cloudwatch_logs_exports) ? values.enabled_cloudwatch_logs_exports : [];
  const wrong = known && asked.filter((log) => typeof log === "string" && !known.includes(log));
  if (!wrong || wrong.length === 0) return undefined;
  return unlisted(
    "InvalidParameterCombination",
    `You cannot use the log types '${wrong.join(", ")}' with engine version ${engine} ${text(values, "engine_version")}. For supported log types, see the documentation.`,
  );
};

/** The version of an engine is written in its own way. */
const versionFits: Demand = ({ values, prior }) => {
  const [engine, version] = [text(values, "engine"), text(values, "engine_version")];
  if (prior || version === "" || !/^aurora-(postgresql|mysql)$/.test(engine)) return undefined;
  if (/mysql/.test(version) === (engine === "aurora-mysql") || /^(5\.7|8\.0)$/.test(version)) return undefined;
  return unlisted("InvalidParameterCombination", `Cannot find version ${version} for ${engine}`);
};

/** Backtrack is of MySQL alone, and of no cluster in a global database. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html */
const backtrackFits: Demand = ({ values }) => {
  if (typeof values.backtrack_window !== "number" || values.backtrack_window === 0) return undefined;
  const refused = (message: string): Answer => unlisted("InvalidParameterCombination", message);
  if (text(values, "engine") !== "aurora-mysql") return refused("Backtrack is not supported for the engine.");
  return text(values, "global_cluster_identifier") === ""
    ? undefined
    : refused("Backtrack is not supported for clusters of a global database.");
};

/** All clusters of a global database have its engine. */
const engineOfGlobal: Demand = ({ values, prior, cloud }) => {
  const name = text(values, "global_cluster_identifier");
  const global =
    prior || name === ""
      ? undefined
      : cloud
          .everywhere("aws_rds_global_cluster", () => true)
          .find(({ state }) => named("global_cluster_identifier")(state, name));
  const [own, of] = [text(values, "engine"), global && text(global.state, "engine")];
  if (of === undefined || of === "" || of === "aurora" || of === own) return undefined;
  return unlisted(
    "InvalidParameterCombination",
    `The engine of the DB cluster (${own}) doesn't match the engine of the global cluster (${of}).`,
  );
};

const vpcOfGroup = ({ values, cloud }: Call): string | undefined => {
  const name = text(values, "db_subnet_group_name");
  const group = cloud.find("aws_db_subnet_group", (state) => named("name")(state, name));
  const subnets = Array.isArray(group?.state.subnet_ids) ? group.state.subnet_ids : [];
  const subnet = cloud.find("aws_subnet", ({ id }) => subnets.includes(id ?? null));
  return subnet && text(subnet.state, "vpc_id");
};

/** The last copy of the data has a name of its own, once. */
const finalSnapshot: Demand = ({ values, cloud }) => {
  if (values.skip_final_snapshot === true) return undefined;
  const name = text(values, "final_snapshot_identifier");
  if (name === "")
    return { words: "RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false" };
  const before = cloud.deleted(
    "aws_rds_cluster",
    (cluster) => cluster.skip_final_snapshot !== true && cluster.final_snapshot_identifier === name,
  );
  const sameRegion = before?.place.region === cloud.place.region && before.place.account === cloud.place.account;
  return sameRegion
    ? answer(
        "DBClusterSnapshotAlreadyExistsFault",
        `Cannot create the cluster snapshot because a snapshot with the identifier ${name} already exists.`,
      )
    : undefined;
};

const notProtected: Demand = ({ values }) =>
  values.deletion_protection === true
    ? unlisted(
        "InvalidParameterCombination",
        "Cannot delete protected Cluster, please disable deletion protection and try again.",
      )
    : undefined;

/** The provider takes a cluster out of its global database first. */
const secondariesGone: Demand = (call) => {
  const self = call.cloud.withArn(text(call.values, "arn"));
  if (!self || !isPrimary(self) || members(call).length === 0) return undefined;
  const { status, code, message } = answer(
    "InvalidGlobalClusterStateFault",
    "The primary cluster cannot be removed from a global cluster that has secondary clusters.",
  );
  const [name, global] = [text(call.values, "cluster_identifier"), text(call.values, "global_cluster_identifier")];
  return {
    words: `removing RDS Cluster (${name}) from RDS Global Cluster (${global}): operation error RDS: RemoveFromGlobalCluster, https response error StatusCode: ${status}, ${code}: ${message}`,
  };
};

const monitoringRole = trustedRole(
  ({ values, prior }) => (prior ? "" : text(values, "monitoring_role_arn")),
  "monitoring.rds.amazonaws.com",
  () =>
    unlisted(
      "InvalidParameterValue",
      "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    ),
);

const engineOfCluster: Demand = ({ values, prior, cloud }) => {
  const cluster = prior
    ? undefined
    : cloud.find("aws_rds_cluster", (state) => named("cluster_identifier")(state, text(values, "cluster_identifier")));
  const [own, of] = [text(values, "engine"), cluster && text(cluster.state, "engine")];
  return of === undefined || own === of
    ? undefined
    : unlisted(
        "InvalidParameterCombination",
        `The engine name requested for your DB instance (${own}) doesn't match the engine name of your DB cluster (${of}).`,
      );
};

/**
 * Aurora: clusters, their instances, and global databases.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
export const rdsClusters: ServiceCalls = {
  aws_rds_global_cluster: {
    service: "RDS",
    create: {
      name: "CreateGlobalCluster",
      says: (global) => `creating RDS Global Cluster (${text(global, "global_cluster_identifier")})`,
    },
    update: {
      name: "ModifyGlobalCluster",
      says: (global) => `updating RDS Global Cluster (${text(global, "global_cluster_identifier")})`,
    },
    remove: {
      name: "DeleteGlobalCluster",
      says: (global) => `deleting RDS Global Cluster (${text(global, "global_cluster_identifier")})`,
    },
    exists: ({ values }) =>
      answer(
        "GlobalClusterAlreadyExistsFault",
        `Global Cluster ${text(values, "global_cluster_identifier")} already exists`,
      ),
    demands: [
      (call) => {
        const [given] = newTextsAt(call, "source_db_cluster_identifier");
        const arn = parseArn(given);
        if (!given || !arn || isForeign(arn, call.cloud.place) || call.cloud.withArn(given)) return undefined;
        return answer("DBClusterNotFoundFault", `DBCluster ${given} not found.`, 404);
      },
    ],
    removalDemands: [
      ({ values }) =>
        values.deletion_protection === true
          ? answer(
              "InvalidGlobalClusterStateFault",
              "Cannot delete protected Global Cluster, please disable deletion protection and try again.",
            )
          : undefined,
      (call) =>
        call.values.force_destroy !== true && members(call).length > 0
          ? answer("InvalidGlobalClusterStateFault", `Global Cluster ${text(call.values, "arn")} is not empty`)
          : undefined,
    ],
  },
  aws_rds_cluster: {
    service: "RDS",
    create: {
      name: "CreateDBCluster",
      says: (cluster) => `creating RDS Cluster (${text(cluster, "cluster_identifier")})`,
    },
    update: {
      name: "ModifyDBCluster",
      says: (cluster) => `updating RDS Cluster (${text(cluster, "cluster_identifier")})`,
    },
    remove: {
      name: "DeleteDBCluster",
      says: (cluster) => `deleting RDS Cluster (${text(cluster, "cluster_identifier")})`,
    },
    exists: () => answer("DBClusterAlreadyExistsFault", "DB Cluster already exists"),
    remembered: true,
    demands: [
      globalFound,
      staysInGlobal,
      secondaryFits,
      passwordFits,
      unlessDefault(
        "db_subnet_group_name",
        existsByName(
          "db_subnet_group_name",
          "aws_db_subnet_group",
          (given) => answer("DBSubnetGroupNotFoundFault", `DB subnet group '${given}' does not exist.`, 404),
          named("name"),
        ),
      ),
      unlessDefault(
        "db_cluster_parameter_group_name",
        existsByName(
          "db_cluster_parameter_group_name",
          "aws_rds_cluster_parameter_group",
          (given) => answer("DBClusterParameterGroupNotFound", `DBClusterParameterGroup not found: ${given}`, 404),
          named("name"),
        ),
      ),
      parameterFamilyFits,
      versionFits,
      logsFit,
      backtrackFits,
      engineOfGlobal,
      usableKey("kms_key_id", need, keyNotAccessible),
      groupsExist("vpc_security_group_ids", (group) =>
        unlisted("InvalidParameterValue", `Invalid security group , groupId= ${group}, groupName=.`),
      ),
      groupsOfVpc("vpc_security_group_ids", vpcOfGroup, () =>
        answer("InvalidVPCNetworkStateFault", "The DB cluster and EC2 security group are in different VPCs."),
      ),
    ],
    removalDemands: [
      finalSnapshot,
      notProtected,
      unused(
        "aws_rds_cluster_instance",
        (instance, cluster) => instance.cluster_identifier === cluster.cluster_identifier,
        () =>
          answer(
            "InvalidDBClusterStateFault",
            "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
          ),
      ),
      secondariesGone,
    ],
  },
  aws_rds_cluster_instance: {
    service: "RDS",
    create: {
      name: "CreateDBInstance",
      says: (instance) =>
        `creating RDS Cluster (${text(instance, "cluster_identifier")}) Instance (${text(instance, "identifier")})`,
    },
    update: {
      name: "ModifyDBInstance",
      says: (instance) => `updating RDS Cluster Instance (${text(instance, "identifier")})`,
    },
    remove: {
      name: "DeleteDBInstance",
      says: (instance) => `deleting RDS Cluster Instance (${text(instance, "identifier")})`,
    },
    exists: () => answer("DBInstanceAlreadyExists", "DB instance already exists"),
    demands: [
      clusterFound,
      engineOfCluster,
      unlessDefault(
        "db_parameter_group_name",
        existsByName(
          "db_parameter_group_name",
          "aws_db_parameter_group",
          (given) => answer("DBParameterGroupNotFound", `DBParameterGroup not found: ${given}`, 404),
          named("name"),
        ),
      ),
      monitoringRole,
      usableKey("performance_insights_kms_key_id", need, keyNotAccessible),
    ],
  },
};
