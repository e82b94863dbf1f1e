import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/**
 * The name of a secret in AWS. In the ARN, Secrets Manager appends a hyphen and six random characters. A name with a
 * similar ending makes lookups by a partial ARN ambiguous.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html
 */
export const secretName = z
  .string()
  .regex(
    /^[A-Za-z0-9/_+=.@-]{1,512}$/,
    "is not a valid secret name; use 1 to 512 letters, digits and the characters / _ + = . @ -",
  )
  .regex(
    /^(?!.*-[A-Za-z0-9]{6}$)/,
    "ends with a hyphen and six characters, like the suffix that Secrets Manager adds in the ARN; use another ending, such as -database",
  )
  .describe("Name of the secret. Cannot change.");

/**
 * The settings of a secret. It is always encrypted with the environment's key, closed to other accounts and replicated
 * with the same name.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export const replicatedSecretConfig = strictObject(() => ({
  description: z
    .string()
    .min(1)
    .max(2048)
    .describe("What the secret is for, for anyone who finds it in the console. Never include a part of the secret."),
  recoveryWindowDays: z
    .union([z.literal(0), z.int().min(7).max(30)])
    .default(30)
    .describe(
      "How long a deleted secret can be restored, 7 to 30 days. Its name cannot be reused until then; with 0 it can be at once.",
    ),
  overwriteReplicas: z
    .boolean()
    .default(false)
    .describe("Whether replication may overwrite an existing secret with the same name in a standby region."),
}));

export type ReplicatedSecretConfig = z.output<typeof replicatedSecretConfig>;

/**
 * When a secret rotates.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html
 */
export const secretRotationConfig = strictObject(() => ({
  afterDays: z.int().min(1).max(1000).default(30).describe("Days between rotations."),
  windowHours: z
    .int()
    .min(1)
    .max(24)
    .optional()
    .describe("Hours after midnight UTC within which a rotation starts. Defaults to the whole day."),
  alarms: strictObject(() => ({
    overdueDays: z
      .int()
      .min(1)
      .max(30)
      .default(2)
      .describe("Days after `afterDays` before the rotation counts as overdue."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

export type SecretRotationConfig = z.output<typeof secretRotationConfig>;
