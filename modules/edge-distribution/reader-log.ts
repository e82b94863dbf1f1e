import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { Construct } from "constructs";
import { logAccess } from "../core";
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
    logAccess(this, { of, bucket, publicAccess, provider, account });
  }
}
