import type { Gate } from "../../contract/gate";
import type { ResourceChange } from "../../terraform";
import { introduced, isCreated, type Problem, valuesAt } from "../introduced";
import { isOpenToEverybody, isPublic, statementsOf } from "../policies";
import { accessPolicies } from "./no-lockout";

/** Where a value of an argument lets everybody in, by type: the path of the argument, the values, and what everybody could do. */
interface Opening {
  readonly path: string;
  readonly isOpen: (value: unknown) => boolean;
  readonly message: string;
  /** Whether no-weaker-security finds the same where an update brings it. */
  readonly ofUpdatesToo?: false;
}

const cannedAcl = /^(public-read|public-read-write|authenticated-read)$/;
const everyone = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

const acl = (path: string): Opening => ({
  path,
  isOpen: (value) => cannedAcl.test(String(value ?? "")),
  message: "would let everybody read what is stored, by its ACL",
});
const grantee = (path: string): Opening => ({
  path,
  isOpen: (value) => everyone.test(String(value ?? "")),
  message: "would grant access to everybody, by its ACL",
});
const reachable = (path = "publicly_accessible"): Opening => ({
  path,
  isOpen: (value) => value === true,
  message: "would have an address in the internet",
  ofUpdatesToo: false,
});
const sharedWithAll = (path: string): Opening => ({
  path,
  isOpen: (value) => [value].flat().includes("all"),
  message: "would be shared with every AWS account",
});
const unblocked = (path: string): Opening => ({
  path,
  isOpen: (value) => value === false,
  message: `would not block public access: ${path} is off`,
  ofUpdatesToo: false,
});
const blocks = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

/** By type of resource, what would let everybody in. */
export const openings: Readonly<Record<string, readonly Opening[]>> = {
  aws_s3_bucket: [acl("acl"), grantee("grant.uri")],
  aws_s3_bucket_acl: [acl("acl"), grantee("access_control_policy.grant.grantee.uri")],
  aws_s3_object: [acl("acl")],
  aws_s3_object_copy: [acl("acl"), grantee("grant.uri")],
  aws_s3_bucket_public_access_block: blocks.map(unblocked),
  aws_s3_account_public_access_block: blocks.map(unblocked),
  aws_s3_access_point: blocks.map((name) => unblocked(`public_access_block_configuration.${name}`)),
  aws_ebs_snapshot_block_public_access: [
    {
      path: "state",
      isOpen: (value) => value === "unblocked",
      message: "would let snapshots be shared with every AWS account",
    },
  ],
  aws_ami_launch_permission: [
    { path: "group", isOpen: (value) => value === "all", message: "would share an image with every AWS account" },
  ],
  aws_db_snapshot: [sharedWithAll("shared_accounts")],
  aws_db_snapshot_copy: [sharedWithAll("shared_accounts")],
  aws_db_cluster_snapshot: [sharedWithAll("shared_accounts")],
  aws_rds_cluster_snapshot_copy: [sharedWithAll("shared_accounts")],
  aws_db_instance: [reachable()],
  aws_rds_cluster_instance: [reachable()],
  aws_docdb_cluster_instance: [reachable()],
  aws_neptune_cluster_instance: [reachable()],
  aws_redshift_cluster: [reachable()],
  aws_redshiftserverless_workgroup: [reachable()],
  aws_mq_broker: [reachable()],
  aws_dms_replication_instance: [reachable()],
  aws_msk_cluster: [
    {
      path: "broker_node_group_info.connectivity_info.public_access.type",
      isOpen: (value) => value === "SERVICE_PROVIDED_EIPS",
      message: "would have addresses in the internet",
    },
  ],
  aws_opensearchserverless_security_policy: [
    {
      path: "policy",
      isOpen: (value) => /"AllowFromPublic"\s*:\s*true/.test(String(value ?? "")),
      message: "would let everybody reach its collections",
    },
  ],
};

/** Arguments with a policy of what stores something, by type. */
export const storagePolicies: Readonly<Record<string, string>> = {
  aws_backup_vault_policy: "policy",
  aws_dynamodb_resource_policy: "policy",
  aws_ecr_repository_policy: "policy",
  aws_efs_file_system_policy: "policy",
  aws_elasticsearch_domain: "access_policies",
  aws_elasticsearch_domain_policy: "access_policies",
  aws_glacier_vault: "access_policy",
  aws_kinesis_resource_policy: "policy",
  aws_opensearch_domain: "access_policies",
  aws_opensearch_domain_policy: "access_policies",
  aws_s3_access_point: "policy",
  aws_s3_bucket: "policy",
  aws_s3_bucket_policy: "policy",
  aws_s3control_access_point_policy: "policy",
  aws_s3control_bucket_policy: "policy",
  aws_secretsmanager_secret: "policy",
  aws_secretsmanager_secret_policy: "policy",
};

/** Nothing that stores data is open to everybody. */
export const noPublicStorage: Gate = {
  id: "no-public-storage",
  statement: "Nothing that stores data is created open to everybody, or opened to everybody.",
  why: "Whoever finds it reads it, and nobody notices: most leaks out of AWS accounts were open buckets, snapshots and search domains.",
  howToFix:
    "close it, and publish through a CDN or an API; if everybody may read it, name the address with the argument under acknowledgedFindings of the environment",
  check: (plan) => introduced(plan, problemsOf),
};

function problemsOf(type: string, values: unknown, resource: ResourceChange): Problem[] {
  const open = (openings[type] ?? [])
    .filter(({ ofUpdatesToo = true }) => ofUpdatesToo || isCreated(resource))
    .filter(({ path, isOpen }) => valuesAt(values, path.split(".")).some(isOpen))
    .map(({ path, message }) => ({ argument: path, message }));
  const argument = storagePolicies[type];
  if (argument === undefined) return open;
  // What is in a network is not reached from outside of it, whatever its policy says.
  if (valuesAt(values, ["vpc_options", "subnet_ids"]).some((ids) => Array.isArray(ids) && ids.length > 0)) return open;
  const statements = statementsOf(valuesAt(values, [argument])[0]) ?? [];
  // Where an update brings it to what it finds too, no-weaker-security says so.
  const isSaidElsewhere = !isCreated(resource) && accessPolicies[type]?.[argument] && isPublic(statements);
  if (isSaidElsewhere || !isOpenToEverybody(statements)) return open;
  return [...open, { argument, message: "would let everybody in, by its policy" }];
}
