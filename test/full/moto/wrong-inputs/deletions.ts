import type { Json } from "../../../../terraform";
import { account } from "../clouds";
import { trusting } from "./shared";

/** Something that AWS does not delete yet. */
export interface WrongDeletion {
  /** What stands in the way: `a role with a policy attached`. */
  readonly title: string;
  /** What is deleted. */
  readonly type: string;
  readonly body: Json;
  /** What stays, and names it by its name: Terraform then knows no order between the two. */
  readonly stays?: { readonly type: string; readonly body: Json };
  /** How the provider begins its message. */
  readonly says: string;
  readonly code: string;
}

const cluster = {
  engine: "aurora-postgresql",
  master_username: "owner",
  master_password: "only-for-a-test",
  skip_final_snapshot: true,
};

export const wrongDeletions: readonly WrongDeletion[] = [
  {
    title: "a role with a policy attached",
    type: "aws_iam_role",
    body: { name: "attached", assume_role_policy: trusting("lambda.amazonaws.com") },
    stays: {
      type: "aws_iam_role_policy_attachment",
      body: { role: "attached", policy_arn: `arn:aws:iam::${account}:policy/kept` },
    },
    says: "deleting IAM Role (attached)",
    code: "DeleteConflict",
  },
  {
    title: "a table that is protected",
    type: "aws_dynamodb_table",
    body: {
      name: "protected",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "pk",
      attribute: [{ name: "pk", type: "S" }],
      deletion_protection_enabled: true,
    },
    says: "deleting AWS DynamoDB Table (protected)",
    code: "ValidationException",
  },
  {
    title: "a cluster with an instance",
    type: "aws_rds_cluster",
    body: { ...cluster, cluster_identifier: "in-use" },
    stays: {
      type: "aws_rds_cluster_instance",
      body: {
        identifier: "in-use-1",
        cluster_identifier: "in-use",
        engine: "aurora-postgresql",
        instance_class: "db.r6g.large",
      },
    },
    says: "deleting RDS Cluster (in-use)",
    code: "InvalidDBClusterStateFault",
  },
];
