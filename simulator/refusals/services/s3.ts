import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { isPublic, principalsOf } from "../demands/policies";
import { roleOf } from "../demands/roles";
import { answer, operation } from "../operation";
import { blocks, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const nameOf = (given: string): string => parseArn(given)?.resource ?? given;

const isBucket =
  (given: string) =>
  (state: ObjectValue): boolean =>
    text(state, "bucket") === nameOf(given);

/** The settings of a bucket that stand on their own. */
const settings = [
  "policy",
  "acl",
  "lifecycle_configuration",
  "logging",
  "notification",
  "ownership_controls",
  "public_access_block",
  "replication_configuration",
  "server_side_encryption_configuration",
  "versioning",
].map((kind) => `aws_s3_bucket_${kind}`);

const setting = (cloud: Call["cloud"], kind: string, bucket: string): Thing | undefined =>
  cloud.everywhere(`aws_s3_bucket_${kind}`, isBucket(bucket))[0];

/** A bucket is found by its name, in its own region. */
const bucketExists: Demand = ({ values, cloud }) => {
  const name = text(values, "bucket");
  if (cloud.find("aws_s3_bucket", isBucket(name))) return undefined;
  const elsewhere = cloud.anywhere("aws_s3_bucket", isBucket(name));
  if (!elsewhere) return answer(404, "NoSuchBucket", "The specified bucket does not exist");
  if (elsewhere.place.account !== cloud.place.account) return answer(403, "AccessDenied", "Access Denied");
  return answer(
    301,
    "PermanentRedirect",
    `The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.`,
  );
};

const principals: Demand = ({ values, cloud }) => {
  const unknown = principalsOf(text(values, "policy"), "AWS").find((principal) => {
    const arn = parseArn(principal);
    const ownRole = arn?.account === cloud.place.account && arn.resource.startsWith("role/");
    return ownRole && "missing" in roleOf(cloud, principal);
  });
  return unknown ? answer(400, "MalformedPolicy", "Invalid principal in policy") : undefined;
};

const publicPolicy: Demand = ({ values, cloud }) => {
  const block = setting(cloud, "public_access_block", text(values, "bucket"));
  if (block?.state.block_public_policy !== true || !isPublic(text(values, "policy"))) return undefined;
  const why = "because public policies are blocked by the BlockPublicPolicy block public access setting.";
  return answer(403, "AccessDenied", `User is not authorized to perform: s3:PutBucketPolicy on this bucket ${why}`);
};

const isVersioned = (cloud: Call["cloud"], bucket: string): boolean =>
  blocks(setting(cloud, "versioning", bucket)?.state ?? {}, "versioning_configuration").some(
    (config) => text(config, "status") === "Enabled",
  );

const replication: Demand = ({ values, cloud }) => {
  const invalid = (message: string) => answer(400, "InvalidRequest", message);
  if (!isVersioned(cloud, text(values, "bucket")))
    return invalid("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
  for (const rule of blocks(values, "rule")) {
    for (const destination of blocks(rule, "destination")) {
      const name = nameOf(text(destination, "bucket"));
      const thing = cloud.anywhere("aws_s3_bucket", isBucket(name));
      if (!thing) return invalid("Destination bucket must exist.");
      if (thing.place.account === cloud.place.account && !isVersioned(cloud, name))
        return invalid("Destination bucket must have versioning enabled.");
    }
  }
  return undefined;
};

/** New buckets have their owner's rights alone; ACLs work under another ownership only. */
const acls: Demand = ({ values, cloud }) => {
  const ownership = setting(cloud, "ownership_controls", text(values, "bucket"));
  const [rule] = ownership ? blocks(ownership.state, "rule") : [];
  const enforced = !rule || text(rule, "object_ownership") === "BucketOwnerEnforced";
  return enforced ? answer(400, "AccessControlListNotSupported", "The bucket does not allow ACLs") : undefined;
};

const empty: Demand = ({ values, cloud }) => {
  const inside = ["aws_s3_object", "aws_s3_object_copy"].flatMap((type) =>
    cloud.all(type, isBucket(text(values, "bucket"))),
  );
  const message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket.";
  return values.force_destroy !== true && inside.length > 0 ? answer(409, "BucketNotEmpty", message) : undefined;
};

/** In us-east-1 AWS answers that all is well, but the provider has looked before. */
const taken = ({ values, cloud }: Call, { place }: Thing) => {
  const name = text(values, "bucket");
  if (cloud.place.region === "us-east-1") return { words: `creating S3 Bucket (${name}): BucketAlreadyExists` };
  if (place.account === cloud.place.account) return answer(409, "BucketAlreadyOwnedByYou", "");
  return answer(
    409,
    "BucketAlreadyExists",
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
  );
};

const ofBucket = (
  put: string,
  what: string,
  demands: readonly Demand[] = [],
  remove = put.replace("Put", "Delete"),
): ServiceCalls[string] => ({
  service: "S3",
  create: operation(put, `creating S3 Bucket ({bucket}) ${what}`),
  update: operation(put, `updating S3 Bucket ${what} ({bucket})`),
  remove: operation(remove, `deleting S3 Bucket ${what} ({bucket})`),
  demands: [bucketExists, ...demands],
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/ */
export const s3: ServiceCalls = {
  aws_s3_bucket: {
    service: "S3",
    create: operation("CreateBucket", "creating S3 Bucket ({bucket})"),
    remove: operation("DeleteBucket", "deleting S3 Bucket ({bucket})"),
    exists: taken,
    removalDemands: [empty],
    takesAlong: ({ values, cloud }) =>
      settings.flatMap((type) => cloud.everywhere(type, isBucket(text(values, "bucket")))),
  },
  aws_s3_bucket_policy: {
    ...ofBucket("PutBucketPolicy", "Policy", [principals, publicPolicy]),
    create: operation("PutBucketPolicy", "putting S3 Bucket ({bucket}) Policy"),
  },
  aws_s3_bucket_acl: ofBucket("PutBucketAcl", "ACL", [acls]),
  aws_s3_bucket_lifecycle_configuration: {
    ...ofBucket("PutBucketLifecycleConfiguration", "Lifecycle Configuration", [], "DeleteBucketLifecycle"),
    framework: true,
  },
  aws_s3_bucket_logging: ofBucket("PutBucketLogging", "Logging", [], "PutBucketLogging"),
  aws_s3_bucket_ownership_controls: ofBucket("PutBucketOwnershipControls", "Ownership Controls"),
  aws_s3_bucket_public_access_block: ofBucket("PutPublicAccessBlock", "Public Access Block"),
  aws_s3_bucket_server_side_encryption_configuration: ofBucket(
    "PutBucketEncryption",
    "Server-side Encryption Configuration",
  ),
  aws_s3_bucket_versioning: ofBucket("PutBucketVersioning", "Versioning", [], "PutBucketVersioning"),
  aws_s3_object: {
    service: "S3",
    create: operation("PutObject", "uploading S3 Object ({key}) to Bucket ({bucket})"),
    update: operation("PutObject", "uploading S3 Object ({key}) to Bucket ({bucket})"),
    remove: operation("DeleteObject", "deleting S3 Bucket ({bucket}) Object ({key})"),
    demands: [bucketExists],
  },
  aws_s3_bucket_replication_configuration: ofBucket("PutBucketReplication", "Replication Configuration", [replication]),
};
