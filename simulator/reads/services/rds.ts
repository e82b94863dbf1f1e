import { zoneLetters } from "../../fill/zones";
import { isObject, type ObjectValue } from "../../protocol/values";
import { blocksOf, contributed, either, textOf } from "../forms";
import { contributions, type ReadSubject, type ServiceReads } from "../rule";

/** Aurora's storage is in three zones, whichever were asked for. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html */
const zoneCount = 3;

function threeZones(cluster: ReadSubject): string[] {
  const asked = cluster.list("availability_zones").map(textOf);
  const others = zoneLetters(cluster.region).map((letter) => cluster.region + letter);
  return [...new Set([...asked, ...others])].slice(0, Math.max(zoneCount, asked.length)).sort();
}

/**
 * Values that a family has before anybody sets them, from a major version on. AWS does not count a parameter that is set to
 * such a value as changed.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/PostgreSQL_Password_Encryption_configuration.html
 */
const familyDefaults: { name: string; value: string; from: number }[] = [
  { name: "idle_in_transaction_session_timeout", value: "86400000", from: 10 },
  { name: "password_encryption", value: "scram-sha-256", from: 14 },
  { name: "rds.force_ssl", value: "1", from: 17 },
];

/** Of aurora-mysql8.0. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html */
const mysqlDefaults: Readonly<Record<string, string>> = {
  long_query_time: "10",
  slow_query_log: "0",
  wait_timeout: "28800",
};

function isDefault(family: string, name: string, value: string): boolean {
  if (family === "aurora-mysql8.0") return mysqlDefaults[name] === value;
  const version = Number(/^aurora-postgresql(\d+)$/.exec(family)?.[1] ?? 0);
  return familyDefaults.some((known) => known.name === name && known.value === value && version >= known.from);
}

/** A parameter as AWS lists it. One that nobody changed waits for a restart, whatever was asked. */
function parameter(family: string, written: ObjectValue): ObjectValue {
  const name = textOf(written.name).toLowerCase();
  const unchanged = isDefault(family, name, textOf(written.value));
  const method = unchanged ? "pending-reboot" : textOf(written.apply_method).toLowerCase();
  return { ...written, name, apply_method: method };
}

/** The clusters of a global cluster. One of them writes: the one that has a user of its own. */
function membersOf(global: ReadSubject): ObjectValue[] {
  const members = global.neighbours
    .everywhere("aws_rds_cluster")
    .filter(({ global_cluster_identifier }) => global_cluster_identifier === global.text("id"));
  const writer = members.find((cluster) => !isSecondary(cluster)) ?? members[0];
  return members
    .map((cluster): ObjectValue => ({ db_cluster_arn: textOf(cluster.arn), is_writer: cluster === writer }))
    .sort((a, b) => (textOf(a.db_cluster_arn) < textOf(b.db_cluster_arn) ? -1 : 1));
}

/** A cluster that follows another of its global cluster has no user of its own. */
function isSecondary(cluster: ObjectValue): boolean {
  return textOf(cluster.global_cluster_identifier) !== "" && textOf(cluster.master_username) === "";
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
export const rds: ServiceReads = {
  aws_rds_global_cluster: {
    untouched: ["force_destroy"],
    absent: ["source_db_cluster_identifier"],
    answers: (global) => {
      const members = membersOf(global);
      return { ...(members.length && { global_cluster_members: members }) };
    },
  },
  aws_rds_cluster: {
    absent: ["master_user_secret_kms_key_id"],
    untouched: [
      "allow_major_version_upgrade",
      "apply_immediately",
      "skip_final_snapshot",
      "final_snapshot_identifier",
      "source_region",
      "master_password",
      "master_password_wo",
      "master_password_wo_version",
      "manage_master_user_password",
      "enable_global_write_forwarding",
      "enable_local_write_forwarding",
      "delete_automated_backups",
      "snapshot_identifier",
      "db_instance_parameter_group_name",
      "restore_to_point_in_time",
      "s3_import",
    ],
    answers: (cluster) => {
      const instances = contributions(
        cluster,
        "aws_rds_cluster_instance",
        "here",
        ({ cluster_identifier }) => cluster_identifier === cluster.text("id"),
        ({ identifier }) => textOf(identifier),
      );
      return {
        availability_zones: threeZones(cluster),
        preferred_backup_window: cluster.text("preferred_backup_window").toLowerCase(),
        preferred_maintenance_window: cluster.text("preferred_maintenance_window").toLowerCase(),
        cluster_members: contributed(cluster.list("cluster_members").map(textOf), instances, (name) => name).sort(),
      };
    },
  },
  aws_rds_cluster_instance: {
    untouched: ["apply_immediately", "force_destroy"],
    answers: (instance) => {
      const ofCluster = (typeName: string, name: string) =>
        instance.neighbours.of(typeName).filter((resource) => resource[name] === instance.text("cluster_identifier"));
      const [cluster] = ofCluster("aws_rds_cluster", "id");
      const others = ofCluster("aws_rds_cluster_instance", "cluster_identifier").filter(
        ({ id }) => id !== instance.state.id,
      );
      return {
        preferred_maintenance_window: instance.text("preferred_maintenance_window").toLowerCase(),
        // The first instance writes; the others, and all of a cluster that follows another, only read.
        writer: !(cluster && isSecondary(cluster)) && !others.some(({ writer }) => writer === true),
        ...(cluster && {
          preferred_backup_window: textOf(cluster.preferred_backup_window),
          kms_key_id: textOf(cluster.kms_key_id),
          storage_encrypted: cluster.storage_encrypted === true,
          port: cluster.port ?? 0,
        }),
      };
    },
  },
  aws_rds_cluster_parameter_group: {
    answers: (group) => ({
      parameter: blocksOf(group.list("parameter")).map((written) => parameter(group.text("family"), written)),
    }),
  },
  aws_db_parameter_group: {
    answers: (group) => ({
      parameter: blocksOf(group.list("parameter")).map((written) => parameter(group.text("family"), written)),
    }),
  },
  aws_db_subnet_group: {
    answers: (group) => {
      const subnets = group.list("subnet_ids");
      const subnet = group.neighbours.of("aws_subnet").find(({ id }) => subnets.includes(id ?? ""));
      return {
        supported_network_types: either(group.state.supported_network_types, ["IPV4"]),
        ...(isObject(subnet) && { vpc_id: textOf(subnet.vpc_id) }),
      };
    },
  },
};
