import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { acceptFinding, deploymentStackOf, logAccess, policyDocument, privateBucket, requireTls } from "../core";
import type { StateBucketsConfig } from "./config";
import { fenceStatements } from "./fence";

/** What one of the two buckets is made from. */
export interface StateBucketProps {
  /** Name of the bucket, unique in the world. */
  readonly name: string;
  /** Its region. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** ARN of the key in this region. */
  readonly kmsKeyArn: string;
  /** What both buckets have in common. */
  readonly config: StateBucketsConfig;
}

/** One bucket of states with its access log, without its replication. */
export class StateBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, props: StateBucketProps) {
    super(scope, id);
    const { name, region, account, kmsKeyArn, config } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { bucket, publicAccess, versioning } = privateBucket(this, {
      provider,
      name,
      kmsKeyArn,
      preventDestroy: config.deletionProtection,
      lifecycle: {
        id: "old-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrentVersionExpiration: [
          { noncurrentDays: config.oldVersionDays, newerNoncurrentVersions: config.oldVersionsKept },
        ],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
    });
    acceptFinding(bucket, "CKV2_AWS_62", "Nothing waits for a state.");
    const fences = config.fences.filter((fence) => fence.region === region);
    new S3BucketPolicy(this, "policy", {
      provider,
      bucket: bucket.id,
      policy: policyDocument([
        requireTls(bucket.arn),
        ...fences.flatMap(({ keyPrefix }) => fenceStatements({ bucket: name, region, keyPrefix })),
      ]),
      dependsOn: [publicAccess],
    });
    this.bucket = bucket;
    this.versioning = versioning;
    this.addLog({
      name,
      region,
      account,
      retentionDays: config.logRetentionDays,
      isProtected: config.deletionProtection,
    });
  }

  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
  private addLog(log: {
    readonly name: string;
    readonly region: string;
    readonly account: string;
    readonly retentionDays: number;
    readonly isProtected: boolean;
  }): void {
    const scope = new Construct(this, "log");
    const provider = deploymentStackOf(this).providers.in(log.region);
    const { bucket, publicAccess } = privateBucket(scope, {
      provider,
      name: `${log.name}-log`,
      preventDestroy: log.isProtected,
      lifecycle: {
        id: "expire",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ days: log.retentionDays }],
        noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
      },
    });
    acceptFinding(bucket, "CKV_AWS_145", "S3 encrypts it with its own key: its log of readers takes no other one.");
    acceptFinding(bucket, "CKV_AWS_144", "Logs of one region; without them nothing stops, and they expire.");
    acceptFinding(bucket, "CKV_AWS_18", "A log of who reads the log would go on for ever.");
    acceptFinding(bucket, "CKV2_AWS_62", "Nothing waits for a log file.");
    logAccess(scope, { of: this.bucket, bucket, publicAccess, provider, account: log.account });
  }
}
