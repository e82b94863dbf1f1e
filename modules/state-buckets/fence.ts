import { createHash } from "node:crypto";
import { type PolicyStatement, partitionOf } from "../core";

/** States of one environment in one bucket. */
export interface FencedStates {
  /** Name of the bucket. */
  readonly bucket: string;
  /** Its region. */
  readonly region: string;
  /** Prefix of the states. */
  readonly keyPrefix: string;
}

/** The ids of the statements that fence the states below a prefix: two for each environment of a bucket. */
export function fenceIds(keyPrefix: string): readonly [string, string] {
  const id = `EvenkeelStateFence${createHash("sha256").update(keyPrefix).digest("hex").slice(0, 12)}`;
  return [`${id}w`, `${id}d`];
}

const everybody = { principal: "It denies: nobody may write states in a bucket that is not worked with." };

/**
 * Statements of a bucket's policy that deny everybody, plain Terraform too, to write the states of an environment and to lock them. S3
 * replicates all the same: its role needs `s3:ReplicateObject`, not `s3:PutObject`. A lock that is left can still be deleted.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
 */
export function fenceStatements({ bucket, region, keyPrefix }: FencedStates): readonly PolicyStatement[] {
  const [write, remove] = fenceIds(keyPrefix);
  const objects = `arn:${partitionOf(region)}:s3:::${bucket}/${keyPrefix}/*`;
  const deny = { effect: "Deny", principals: "*", wildcards: everybody } as const;
  return [
    { ...deny, sid: write, actions: ["s3:PutObject"], resources: [`${objects}.tfstate`, `${objects}.tfstate.tflock`] },
    { ...deny, sid: remove, actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"], resources: [`${objects}.tfstate`] },
  ];
}
