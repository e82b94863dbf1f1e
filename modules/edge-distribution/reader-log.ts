import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Construct } from "constructs";
import { policyDocument, requireTls } from "../core";
import { logBucket } from "./log-bucket";

export interface ReaderLogProps {
  /** The bucket whose readers are logged. */
  readonly of: S3Bucket;
  readonly provider: AwsProvider;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Name of the bucket for it, unique in the world. */
  readonly name: string;
  readonly retentionDays: number;
}

/**
 * Who has read or changed access logs, by S3's own log in a second bucket: they have addresses of customers. The second bucket has
 * no such log, which would go on for ever.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class ReaderLog extends Construct {
  constructor(scope: Construct, id: string, { of, provider, account, name, retentionDays }: ReaderLogProps) {
    super(scope, id);
    const { bucket, publicAccess } = logBucket(this, { provider, name, retentionDays });
    const policy = new S3BucketPolicy(this, "policy", {
      provider,
      bucket: bucket.id,
      policy: policyDocument([
        {
          sid: "WriteLog",
          principals: { Service: "logging.s3.amazonaws.com" },
          actions: ["s3:PutObject"],
          resources: [`${bucket.arn}/*`],
          conditions: { StringEquals: { "aws:SourceAccount": account }, ArnLike: { "aws:SourceArn": of.arn } },
        },
        requireTls(bucket.arn),
      ]),
      dependsOn: [publicAccess],
    });
    new S3BucketLoggingA(this, "logging", {
      provider,
      bucket: of.id,
      targetBucket: bucket.id,
      targetPrefix: "",
      dependsOn: [policy],
    });
  }
}
