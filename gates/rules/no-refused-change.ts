import type { Finding, Gate } from "../../contract/gate";
import { managedChanges, type Plan, type ResourceChange, valueAt } from "../../terraform";
import { ttlOf } from "./no-other-expiry";

/** What AWS refuses of an update that Terraform plans in place, and the way to do it. */
type Refusal = (
  resource: ResourceChange,
  plan: Plan,
) => { readonly message: string; readonly howToFix: string } | undefined;

/** Nothing is planned that AWS refuses, or only does in more than one deployment. */
export const noRefusedChange: Gate = {
  id: "no-refused-change",
  statement: "No update in place is one that AWS refuses, or only does in several deployments.",
  why: "The plan looks like any other update. The apply fails halfway, when other changes are done already.",
  howToFix: "make the change in the steps that AWS takes",
  neverAcknowledged: "AWS would refuse it all the same, halfway through the apply",
  check: (plan) =>
    managedChanges(plan)
      .filter(({ change: { actions } }) => actions.join() === "update")
      .flatMap((resource) =>
        refusals.flatMap((refusal): Finding[] => {
          const refused = refusal(resource, plan);
          return refused ? [{ address: resource.address, ...refused }] : [];
        }),
      ),
};

/** The argument that has the version of an engine, by type. */
export const engineVersions: Readonly<Record<string, string>> = {
  aws_db_instance: "engine_version",
  aws_docdb_cluster: "engine_version",
  aws_docdb_global_cluster: "engine_version",
  aws_eks_cluster: "version",
  aws_elasticsearch_domain: "elasticsearch_version",
  aws_memorydb_cluster: "engine_version",
  aws_mq_broker: "engine_version",
  aws_msk_cluster: "kafka_version",
  aws_neptune_cluster: "engine_version",
  aws_neptune_global_cluster: "engine_version",
  aws_opensearch_domain: "engine_version",
  aws_rds_cluster: "engine_version",
  aws_rds_global_cluster: "engine_version",
};

/** Where a storage only ever grows, by type. */
export const growingStorage: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = {
  aws_db_instance: [["allocated_storage"]],
  aws_dms_replication_instance: [["allocated_storage"]],
  aws_ebs_volume: [["size"]],
  aws_fsx_lustre_file_system: [["storage_capacity"]],
  aws_fsx_ontap_file_system: [["storage_capacity"]],
  aws_fsx_openzfs_file_system: [["storage_capacity"]],
  aws_fsx_windows_file_system: [["storage_capacity"]],
  aws_instance: [["root_block_device", 0, "volume_size"]],
  aws_msk_cluster: [["broker_node_group_info", 0, "storage_info", 0, "ebs_storage_info", 0, "volume_size"]],
  aws_rds_cluster: [["allocated_storage"]],
};

const renamedTimeToLive: Refusal = ({ type, change }) => {
  const [was, is] = [ttlOf(change.before), ttlOf(change.after)];
  if (type !== "aws_dynamodb_table" || !was || !is || was === is) return undefined;
  return {
    message: `its items expire by ${was}, and DynamoDB takes ${is} only once that is off`,
    howToFix: `two deployments, at least an hour apart, as DynamoDB changes this once an hour: first without timeToLiveAttribute (ttl off), then with ${is}`,
  };
};

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html */
const streamOfReplicas: Refusal = ({ type, change }) => {
  const replicas = valueAt(change.before, ["replica"]);
  if (type !== "aws_dynamodb_table" || !Array.isArray(replicas) || replicas.length === 0) return undefined;
  if (valueAt(change.before, ["stream_enabled"]) !== true || valueAt(change.after, ["stream_enabled"]) !== false) {
    return undefined;
  }
  return {
    message: "its replicas are fed by its stream, so DynamoDB does not switch it off",
    howToFix: "keep the stream; without replicas, it can be switched off in the deployment after theirs",
  };
};

const olderEngine: Refusal = ({ type, change }) => {
  const [was, is] = versionsOf(type, change);
  if (!was || !is || compare(is, was) >= 0) return undefined;
  return {
    message: `its engine would be ${is} in place of ${was}, and no engine goes back to an older version`,
    howToFix: "keep the version; to go back, restore a snapshot from before the upgrade into a new one beside it",
  };
};

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html */
const majorWithRecoveryPoint: Refusal = ({ type, change }, plan) => {
  const [was, is] = versionsOf(type, change);
  if (!/^aws_rds_(global_)?cluster$/.test(type) || !was || !is || major(is) <= major(was)) return undefined;
  const bounded = managedChanges(plan).some(({ type: other, change: { before } }) => {
    const parameters = other === "aws_rds_cluster_parameter_group" ? valueAt(before, ["parameter"]) : undefined;
    return (
      Array.isArray(parameters) &&
      parameters.some((one) => valueAt(one, ["name"]) === "rds.global_db_rpo" && Number(valueAt(one, ["value"])) > 0)
    );
  });
  if (!bounded) return undefined;
  return {
    message: `its engine would go from ${was} to ${is}, and Aurora takes no major version while rds.global_db_rpo bounds the recovery point`,
    howToFix:
      "three deployments: without maxRecoveryPointSeconds (rds.global_db_rpo), then with the version, then with the bound again",
  };
};

const majorWithoutConsent: Refusal = ({ type, change }) => {
  const [was, is] = versionsOf(type, change);
  if (!/^aws_(db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/.test(type)) return undefined;
  if (!was || !is || major(is) <= major(was)) return undefined;
  if (valueAt(change.after, ["global_cluster_identifier"])) return undefined;
  if (valueAt(change.after, ["allow_major_version_upgrade"]) === true) return undefined;
  return {
    message: `its engine would go from ${was} to ${is}, and AWS takes a major version only with allow_major_version_upgrade`,
    howToFix: "set allow_major_version_upgrade with the version, and take it out again after the deployment",
  };
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html */
const skippedVersion: Refusal = ({ type, change }) => {
  const [was, is] = type === "aws_eks_cluster" ? versionsOf(type, change) : [];
  if (!was || !is || Number(is.split(".")[1]) - Number(was.split(".")[1]) <= 1) return undefined;
  return {
    message: `its version would go from ${was} to ${is}, and EKS skips none`,
    howToFix: "one minor version in each deployment",
  };
};

const smallerStorage: Refusal = ({ type, change }) => {
  const path = growingStorage[type]?.find((one) => {
    const [was, is] = [valueAt(change.before, one), valueAt(change.after, one)];
    return typeof was === "number" && typeof is === "number" && is < was;
  });
  if (!path) return undefined;
  return {
    message: `${path.at(-1)} would be ${valueAt(change.after, path)} in place of ${valueAt(change.before, path)}, and storage never shrinks`,
    howToFix: "keep the size; to have less, make a smaller one beside it and copy the data",
  };
};

/** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html */
const shards: Refusal = ({ type, change }) => {
  const [was, is] = [valueAt(change.before, ["shard_count"]), valueAt(change.after, ["shard_count"])];
  if (type !== "aws_kinesis_stream" || typeof was !== "number" || typeof is !== "number") return undefined;
  if (was === 0 || is === 0 || (is <= was * 2 && is >= was / 2)) return undefined;
  return {
    message: `shard_count would be ${is} in place of ${was}, and Kinesis takes at most twice, and at least half as many at once`,
    howToFix: "several deployments, each with at most twice or at least half the shards of the one before",
  };
};

/** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html */
const encryptionOnTheWay: Refusal = ({ type, change }) => {
  if (type !== "aws_elasticache_replication_group") return undefined;
  const stateOf = (values: unknown): string =>
    valueAt(values, ["transit_encryption_enabled"]) === true
      ? String(valueAt(values, ["transit_encryption_mode"]) || "required")
      : "off";
  const states = [stateOf(change.before), stateOf(change.after)];
  if (!states.includes("off") || !states.includes("required")) return undefined;
  return {
    message: `encryption on the way would be ${states[1]} in place of ${states[0]}, and ElastiCache takes that in two steps`,
    howToFix: 'two deployments: first transit_encryption_mode = "preferred", then the one that is wanted',
  };
};

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const userAttributes: Refusal = ({ type, change }) => {
  if (type !== "aws_cognito_user_pool") return undefined;
  const schema = (values: unknown): readonly unknown[] => {
    const blocks = valueAt(values, ["schema"]);
    return Array.isArray(blocks) ? blocks : [];
  };
  const after = schema(change.after).map((one) => JSON.stringify(one));
  const changed = schema(change.before).filter((one) => !after.includes(JSON.stringify(one)));
  if (changed.length === 0) return undefined;
  const names = changed.map((one) => valueAt(one, ["name"])).join(", ");
  return {
    message: `its attributes ${names} would be changed or removed, and Cognito only adds some`,
    howToFix: "keep the attribute, and add one with another name",
  };
};

/** @see https://docs.aws.amazon.com/fis/latest/APIReference/API_UpdateExperimentTemplate.html */
const accountTargeting: Refusal = ({ type, change }) => {
  if (type !== "aws_fis_experiment_template") return undefined;
  const path = ["experiment_options", 0, "account_targeting"];
  const [was, is] = [valueAt(change.before, path), valueAt(change.after, path)];
  if (typeof was !== "string" || typeof is !== "string" || was === is) return undefined;
  return {
    message: `it would go from ${was} to ${is}, which FIS takes only when a template is made`,
    howToFix: "make another template beside it, under another address, and remove this one afterwards",
  };
};

const refusals: readonly Refusal[] = [
  renamedTimeToLive,
  streamOfReplicas,
  olderEngine,
  majorWithRecoveryPoint,
  majorWithoutConsent,
  skippedVersion,
  smallerStorage,
  shards,
  encryptionOnTheWay,
  userAttributes,
  accountTargeting,
];

function versionsOf(type: string, { before, after }: ResourceChange["change"]): (string | undefined)[] {
  const argument = engineVersions[type];
  return [before, after].map((values) => {
    const version = argument === undefined ? undefined : valueAt(values, [argument]);
    return typeof version === "string" && /\d/.test(version) ? version : undefined;
  });
}

/** The numbers of a version: `16.6`, `OpenSearch_2.11`, `3.8.x`. */
const numbersOf = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);

const major = (version: string): number => numbersOf(version)[0] ?? 0;

/** Above zero if the first is newer; as far as both say it. */
function compare(one: string, other: string): number {
  const [first, second] = [numbersOf(one), numbersOf(other)];
  for (let at = 0; at < Math.min(first.length, second.length); at += 1) {
    const difference = (first[at] ?? 0) - (second[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
