import { z } from "zod";
import { region, strictObject } from "../core";

export type * from "./input";

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "is not the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards",
  );

/**
 * The settings of an encryption key. It is always multi-Region, symmetric and rotated.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export const encryptionKeyConfig = strictObject(() => ({
  description: z
    .string()
    .min(1)
    .max(8192)
    .default("Data of this environment")
    .describe("What the key protects, for anyone who finds it in the console."),
  rotationPeriodDays: z
    .int()
    .min(90)
    .max(2560)
    .default(365)
    .describe("Days between automatic rotations of the key material. Old material can still decrypt."),
  deletionWindowDays: z
    .int()
    .min(7)
    .max(30)
    .default(30)
    .describe(
      "Days between scheduling the deletion of the key and losing it, together with everything that it encrypts.",
    ),
  administrators: z
    .array(roleArn)
    .refine((arns) => new Set(arns).size === arns.length, "lists a role twice; remove the duplicate")
    .default([])
    .describe(
      "Roles that may administer the key, but not use it, regardless of their IAM policies. They must exist: KMS rejects a policy that names an unknown role.",
    ),
}));

const keyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-[a-f0-9]{32}|[a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12})$/,
    "is not the ARN of a KMS key; copy it from `aws kms describe-key`, not the ARN of an alias",
  );

/** Keys that are there already, by region. */
export const existingKeys = z.partialRecord(region, keyArn);

export type EncryptionKeyConfig = z.output<typeof encryptionKeyConfig>;
