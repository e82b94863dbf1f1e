import { z } from "zod";

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "is no ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards",
  );

/**
 * What an encryption key lets its owner decide; that it is multi-Region, symmetric and rotated is not optional.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export const encryptionKeyConfig = z.strictObject({
  description: z
    .string()
    .min(1)
    .max(8192)
    .default("Data of this environment")
    .describe("What the key protects, for those who meet it in the console."),
  rotationPeriodDays: z
    .int()
    .min(90)
    .max(2560)
    .default(365)
    .describe("Days between automatic rotations of the key material; old material still decrypts."),
  deletionWindowDays: z
    .int()
    .min(7)
    .max(30)
    .default(30)
    .describe("Days between scheduling the deletion of the key and losing it, with all that it encrypts."),
  administrators: z
    .array(roleArn)
    .refine((arns) => new Set(arns).size === arns.length, "names a role twice; remove the repetition")
    .default([])
    .describe(
      "Roles that may administer the key, not use it, whatever their IAM policies say. They must exist: KMS refuses a policy that names an unknown role.",
    ),
});

export type EncryptionKeyConfig = z.output<typeof encryptionKeyConfig>;
export type EncryptionKeyInput = z.input<typeof encryptionKeyConfig>;
