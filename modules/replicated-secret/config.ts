import { z } from "zod";

/**
 * The name of a secret in AWS. Secrets Manager puts a hyphen and six random characters behind it in the ARN, and a name that
 * ends the same way makes look-ups by a partial ARN ambiguous.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export const secretName = z
  .string()
  .regex(
    /^[A-Za-z0-9/_+=.@-]{1,512}$/,
    "is no name for a secret; use 1 to 512 letters, digits and the characters / _ + = . @ -",
  )
  .regex(
    /^(?!.*-[A-Za-z0-9]{6}$)/,
    "ends in a hyphen and six characters, as the suffix that Secrets Manager adds to it in the ARN; use another ending, such as -database",
  )
  .describe("Name of the secret; never changes.");

/**
 * What a secret lets its owner decide; that it is encrypted with a key of the environment, closed to other accounts and
 * replicated under one name is not optional.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export const replicatedSecretConfig = z.strictObject({
  description: z
    .string()
    .min(1)
    .max(2048)
    .describe("What the secret opens, for those who meet it in the console; never a part of the secret."),
  recoveryWindowDays: z
    .int()
    .min(7)
    .max(30)
    .default(30)
    .describe("Days in which a deleted secret can be restored; its name is taken until they are over."),
  overwriteReplicas: z
    .boolean()
    .default(false)
    .describe("Whether replicating may overwrite a secret of the same name that is already in a standby region."),
});

export type ReplicatedSecretConfig = z.output<typeof replicatedSecretConfig>;
export type ReplicatedSecretInput = z.input<typeof replicatedSecretConfig>;

/**
 * When a secret rotates.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
 */
export const secretRotationConfig = z.strictObject({
  afterDays: z.int().min(1).max(1000).default(30).describe("Days between rotations."),
  windowHours: z
    .int()
    .min(1)
    .max(24)
    .optional()
    .describe("Hours that a rotation has on its day, counted from midnight UTC; the whole day unless given."),
  alarms: z
    .strictObject({
      overdueDays: z
        .int()
        .min(1)
        .max(30)
        .default(2)
        .describe("Days beyond `afterDays` at which the last rotation counts as overdue."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

export type SecretRotationConfig = z.output<typeof secretRotationConfig>;
export type SecretRotationInput = z.input<typeof secretRotationConfig>;
