import { CloudwatchLogDelivery } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery";
import { CloudwatchLogDeliveryDestination } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-destination";
import { CloudwatchLogDeliverySource } from "@cdktf/provider-aws/lib/cloudwatch-log-delivery-source";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { Construct } from "constructs";
import { deploymentStackOf, policyDocument, resourceName } from "../core";
import { edgeHome } from "../edge-function";

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
    const bucket = new S3Bucket(this, "bucket", {
      provider,
      // Bucket names are global: the account id makes this one unique.
      bucket: resourceName(this, [name, "access-logs", account], 63),
    });
    const inBucket = { provider, bucket: bucket.id };
    new S3BucketOwnershipControls(this, "ownership", { ...inBucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    const publicAccess = new S3BucketPublicAccessBlock(this, "public-access", {
      ...inBucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      ...inBucket,
      // With a customer managed key, log delivery would need its own statement in the key policy.
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      ...inBucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: props.retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 1 }],
        },
      ],
    });
    const policy = new S3BucketPolicy(this, "policy", {
      ...inBucket,
      policy: bucketPolicy(bucket.arn, account),
      dependsOn: [publicAccess],
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
    {
      sid: "RequireTls",
      effect: "Deny",
      principals: "*",
      actions: ["s3:*"],
      resources: [bucketArn, `${bucketArn}/*`],
      conditions: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
