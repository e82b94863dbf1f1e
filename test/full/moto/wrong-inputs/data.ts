import { ref } from "../../../support/synth";
import { account } from "../clouds";
import { arn, lettingIn } from "./shared";
import { alone, twice, type WrongInput } from "./wrong-input";

const bucket = "missing-123456789012";
const cluster = {
  cluster_identifier: "taken",
  engine: "aurora-postgresql",
  master_username: "owner",
  master_password: "only-for-a-test",
  skip_final_snapshot: true,
};

export const data: readonly WrongInput[] = [
  twice("a table whose name another has", "ResourceInUseException", "aws_dynamodb_table", {
    name: "taken",
    billing_mode: "PAY_PER_REQUEST",
    hash_key: "pk",
    attribute: [{ name: "pk", type: "S" }],
  }),
  alone("a replica of a missing table", "ResourceNotFoundException", "aws_dynamodb_table_replica", {
    global_table_arn: `arn:aws:dynamodb:eu-central-1:${account}:table/missing`,
  }),
  alone("a policy of a missing table", "ResourceNotFoundException", "aws_dynamodb_resource_policy", {
    resource_arn: arn("dynamodb", "table/missing"),
    policy: lettingIn("dynamodb:GetItem"),
  }),
  alone("an item of a missing table", "ResourceNotFoundException", "aws_dynamodb_table_item", {
    table_name: "missing",
    hash_key: "pk",
    item: JSON.stringify({ pk: { S: "1" } }),
  }),
  twice(
    "a parameter group whose name another has",
    "DBParameterGroupAlreadyExists",
    "aws_rds_cluster_parameter_group",
    { name: "taken", family: "aurora-postgresql16" },
  ),
  alone("a cluster with a short password", "InvalidParameterValue", "aws_rds_cluster", {
    ...cluster,
    cluster_identifier: "short-password",
    master_password: "short",
  }),
  alone("an instance of a missing cluster", "DBClusterNotFoundFault", "aws_rds_cluster_instance", {
    identifier: "orphan",
    cluster_identifier: "missing",
    engine: "aurora-postgresql",
    instance_class: "db.r6g.large",
  }),
  alone("a global cluster of a missing cluster", "DBClusterNotFoundFault", "aws_rds_global_cluster", {
    global_cluster_identifier: "of-missing",
    source_db_cluster_identifier: arn("rds", "cluster:missing"),
    force_destroy: true,
  }),
  alone(
    "a subnet group of a subnet in another region",
    "InvalidSubnet",
    "aws_db_subnet_group",
    { name: "elsewhere", subnet_ids: [ref("aws_subnet.shared.id"), ref("aws_subnet.elsewhere.id")] },
    "InvalidSubnetID.NotFound",
  ),
  twice("a bucket whose name another of the account has", "BucketAlreadyOwnedByYou", "aws_s3_bucket", {
    bucket: "taken-123456789012",
  }),
  alone("ownership controls of a missing bucket", "NoSuchBucket", "aws_s3_bucket_ownership_controls", {
    bucket,
    rule: { object_ownership: "BucketOwnerEnforced" },
  }),
  alone("a policy of a missing bucket", "NoSuchBucket", "aws_s3_bucket_policy", {
    bucket,
    policy: lettingIn("s3:GetObject"),
  }),
  alone("a public access block of a missing bucket", "NoSuchBucket", "aws_s3_bucket_public_access_block", { bucket }),
  alone("a lifecycle of a missing bucket", "NoSuchBucket", "aws_s3_bucket_lifecycle_configuration", {
    bucket,
    rule: [{ id: "old", status: "Enabled", filter: { prefix: "" }, expiration: { days: 3 } }],
  }),
  alone("encryption of a missing bucket", "NoSuchBucket", "aws_s3_bucket_server_side_encryption_configuration", {
    bucket,
    rule: { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  }),
];
