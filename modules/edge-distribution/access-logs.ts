import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Construct } from "constructs";
import { deploymentStackOf, policyDocument, requireTls, resourceName } from "../core";
import { edgeHome } from "../edge-function";
import { logBucket } from "./log-bucket";
import { ReaderLog } from "./reader-log";

export interface AccessLogsProps {
  /** The distribution's name. */
  readonly name: string;
  readonly account: string;
  /** The bucket's region. */
  readonly region: string;
  readonly distributionArn: string;
  readonly retentionDays: number;
}

/**
 * Access logs (standard logging v2) in a separate bucket, without the ACLs that legacy logging needs.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export class AccessLogs extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    const { name, account, region } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    // Bucket names are global: the account id makes this one unique.
    const { bucket, publicAccess } = logBucket(this, {
      provider,
      name: resourceName(this, [name, "access-logs", account], 63),
      retentionDays: props.retentionDays,
    });
    const inBucket = { provider, bucket: bucket.id };
    const policy = new S3BucketPolicy(this, "policy", {
      ...inBucket,
      policy: bucketPolicy(bucket.arn, account),
      dependsOn: [publicAccess],
    });
    new ReaderLog(this, "readers", {
      of: bucket,
      provider,
      account,
      name: resourceName(this, [name, "log-readers", account], 63),
      retentionDays: props.retentionDays,
    });
    this.bucketName = bucket.bucket;
    this.addDelivery(bucket, policy, props);
  }

  /** Delivery sources and destinations for CloudFront logs must be in us-east-1, wherever the bucket is. */
  private addDelivery(bucket: S3Bucket, policy: S3BucketPolicy, { name, distributionArn }: AccessLogsProps): void {
    const provider = deploymentStackOf(this).providers.in(edgeHome);
    const source = new CloudwatchLogDeliverySource(this, "source", {
      provider,
      name: resourceName(this, [name, "access-logs"], 60),
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
    });
    const destination = new CloudwatchLogDeliveryDestination(this, "destination", {
      provider,
      name: resourceName(this, [name, "access-logs"], 60),
      outputFormat: "json",
      deliveryDestinationConfiguration: [{ destinationResourceArn: bucket.arn }],
    });
    new CloudwatchLogDelivery(this, "delivery", {
      provider,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      // Fixed: AWS adds the prefix AWSLogs/<account>/CloudFront/ only at creation, and a changed path would lose it.
      s3DeliveryConfiguration: [
        { suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}", enableHiveCompatiblePath: false },
      ],
      dependsOn: [policy],
    });
  }
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html */
function bucketPolicy(bucketArn: string, account: string): string {
  return policyDocument([
    {
      sid: "DeliverLogs",
      principals: { Service: "delivery.logs.amazonaws.com" },
      actions: ["s3:PutObject"],
      resources: [`${bucketArn}/AWSLogs/${account}/*`],
      conditions: {
        StringEquals: { "aws:SourceAccount": account, "s3:x-amz-acl": "bucket-owner-full-control" },
        ArnLike: { "aws:SourceArn": `arn:aws:logs:${edgeHome}:${account}:delivery-source:*` },
      },
    },
    requireTls(bucketArn),
  ]);
}
