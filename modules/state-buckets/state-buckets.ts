import { S3BucketReplicationConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Construct } from "constructs";
import { deploymentStackOf, parseConfig, ServiceRole, trustPolicy } from "../core";
import { EncryptionKey } from "../encryption-key";
import { type StateBucketsInput, stateBucketsConfig } from "./config";
import { replicationStatements } from "./replication-role";
import { StateBucket } from "./state-bucket";

export interface StateBucketsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: StateBucketsInput;
  /** Part of the names of the key and the role; cannot change. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
}

/**
 * Two buckets for states of Terraform in two regions, replicated to each other, with one multi-Region key. Replication is asynchronous:
 * what was written last before a region is lost may not have arrived.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class StateBuckets extends Construct {
  /** ARN of the key by region, for `kmsKeyArn` of states. */
  readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, props: StateBucketsProps) {
    super(scope, id);
    const config = parseConfig(stateBucketsConfig, props.config, this.node.path);
    const { primary, secondary } = config;
    const { account, name } = props;
    this.key = new EncryptionKey(this, "key", {
      config: { description: `States of Terraform: ${name}`, deletionWindowDays: config.keyDeletionWindowDays },
      name: `${name}-state`,
      account,
      home: primary.region,
      replicas: [secondary.region],
      users: ["s3"],
    });
    const made = [primary, secondary].map((of, index) => {
      const kmsKeyArn = this.key.arnIn(of.region);
      const bucket = new StateBucket(this, index === 0 ? "primary" : "secondary", {
        ...of,
        account,
        kmsKeyArn,
        config,
      });
      return { ...of, kmsKeyArn, made: bucket, arn: bucket.bucket.arn };
    });
    const role = new ServiceRole(this, "replication", {
      region: primary.region,
      nameParts: [name, "state-replication"],
      trust: trustPolicy({ Service: "s3.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": account } }),
      policyName: "replicate",
      statements: replicationStatements(made),
    });
    const [first, second] = made;
    if (!first || !second) return;
    for (const [from, to] of [
      [first, second],
      [second, first],
    ] as const) {
      new S3BucketReplicationConfigurationA(this, `replication-${from.region}`, {
        provider: deploymentStackOf(this).providers.in(from.region),
        bucket: from.made.bucket.id,
        role: role.roleArn,
        rule: [
          {
            id: `to-${to.region}`,
            status: "Enabled",
            priority: 0,
            filter: { prefix: "" },
            // A state that is deleted here by mistake, or by somebody who should not, is still there.
            deleteMarkerReplication: { status: "Disabled" },
            sourceSelectionCriteria: {
              replicaModifications: { status: "Enabled" },
              sseKmsEncryptedObjects: { status: "Enabled" },
            },
            destination: {
              bucket: to.arn,
              encryptionConfiguration: { replicaKmsKeyId: to.kmsKeyArn },
              ...(config.replicationTimeControl && {
                replicationTime: { status: "Enabled", time: { minutes: 15 } },
                metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
              }),
            },
          },
        ],
        // S3 refuses a rule while one of the buckets has no versions.
        dependsOn: [from.made.versioning, to.made.versioning, role.policy],
      });
    }
  }
}
