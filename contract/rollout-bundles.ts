import { z } from "zod";
import { strictObject } from "../modules/core/strict-object";

/**
 * The ARN of a KMS key or of an alias, in any partition.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export const wrappingKeyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})|alias\/[\w/-]+)$/,
    "is not the ARN of a KMS key or alias; copy it from `aws kms describe-key` or `aws kms list-aliases`",
  );

/** How the bundles of an environment are kept. */
export const rolloutBundlesConfig = strictObject(() => ({
  encryptWith: z
    .array(wrappingKeyArn)
    .max(5)
    .default([])
    .describe(
      "ARNs of KMS keys or aliases that `evenkeel plan --out` encrypts bundles with; each one alone opens them. Name keys of two regions, or a multi-Region key that has a replica in a second one, so that a region can fail. Plans hold secrets: without a key a bundle is a plain file.",
    ),
}));
