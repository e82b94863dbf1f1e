import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { Construct } from "constructs";
import { acceptFinding, privateBucket } from "../core";

export interface LogBucketProps {
  readonly provider: AwsProvider;
  /** Name of the bucket, unique in the world. */
  readonly name: string;
  /** Days until logs are deleted. */
  readonly retentionDays: number;
}

/** How long what was overwritten or deleted can be got back, in days. */
const earlierVersionDays = 30;

/** A private bucket for logs, with what belongs to it; its policy comes from the caller. */
export function logBucket(scope: Construct, { provider, name, retentionDays }: LogBucketProps) {
  const { bucket, publicAccess } = privateBucket(scope, {
    provider,
    name,
    lifecycle: {
      id: "expire",
      status: "Enabled",
      filter: [{ prefix: "" }],
      expiration: [{ days: retentionDays }],
      noncurrentVersionExpiration: [{ noncurrentDays: earlierVersionDays }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
    },
  });
  acceptFinding(
    bucket,
    "CKV_AWS_145",
    "S3 encrypts it with its own key: log delivery takes another one only with a statement in the policy of that key, and S3's log of readers none.",
  );
  acceptFinding(bucket, "CKV_AWS_144", "Logs of one region; without them nothing stops, and they expire.");
  acceptFinding(bucket, "CKV2_AWS_62", "Nothing waits for a log file.");
  return { bucket, publicAccess };
}
