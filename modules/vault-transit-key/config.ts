import { z } from "zod";
import { kebabName, type Report, withRule } from "../core";

const hour = 3600;
const day = 24 * hour;
const seconds = (least: number, most: number) => z.int().min(least).max(most);

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "is no ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards",
  );

const fields = z.strictObject({
  autoRotateDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days after which Vault makes a new version of the key."),
  minDecryptionVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Oldest version that still decrypts; raised on purpose only, after everything older was rewrapped."),
  minEncryptionVersion: z
    .int()
    .min(0)
    .default(0)
    .describe(
      "Oldest version that may still encrypt, as a canary's current one does; 0 allows the newest only by default.",
    ),
  minDecryptionVersionReason: z
    .string()
    .min(10)
    .optional()
    .describe("Why `minDecryptionVersion` was raised: what is older can never be decrypted while it is."),
  login: z
    .strictObject({
      principals: z.array(roleArn).min(1).describe("Roles of the functions that may log in."),
      readers: z.array(roleArn).default([]).describe("Roles of functions that may log in to decrypt only."),
      tokenTtlSeconds: seconds(60, day).default(hour).describe("Life of a token, renewable."),
      tokenMaxTtlSeconds: seconds(60, 32 * day)
        .default(day)
        .describe("Longest life of a token, renewals included."),
    })
    .describe("Login of functions with their IAM role."),
  database: z
    .strictObject({
      connection: kebabName(64).describe(
        "Name of the engine's connection to the database, made by its administrators.",
      ),
      creationStatements: z
        .array(z.string().min(1))
        .min(1)
        .describe("SQL that makes a user, with {{name}}, {{password}}, {{expiration}}."),
      revocationStatements: z.array(z.string().min(1)).default([]).describe("SQL that takes a user away again."),
      defaultTtlSeconds: seconds(60, day).default(hour).describe("Life of a login, renewable."),
      maxTtlSeconds: seconds(60, 32 * day)
        .default(day)
        .describe("Longest life of a login, renewals included."),
    })
    .optional()
    .describe("Logins that Vault makes for one database and takes away again."),
});

/**
 * A key in Vault, and who may use it; that it cannot be deleted or exported is not optional.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export const vaultTransitKeyConfig = withRule(fields, (config, report) => {
  const { login, database, minDecryptionVersion, minDecryptionVersionReason, minEncryptionVersion } = config;
  if (minDecryptionVersion > 1 && minDecryptionVersionReason === undefined) {
    report(
      ["minDecryptionVersion"],
      "makes older messages unreadable; rewrap them, then say so in minDecryptionVersionReason",
    );
  }
  if (minEncryptionVersion > 0 && minEncryptionVersion < minDecryptionVersion) {
    report(["minEncryptionVersion"], `is below minDecryptionVersion, ${minDecryptionVersion}; use at least that, or 0`);
  }
  checkLives(["login", "tokenTtlSeconds"], login.tokenTtlSeconds, login.tokenMaxTtlSeconds, report);
  if (new Set(login.principals).size < login.principals.length) {
    report(["login", "principals"], "names a role twice; remove the repetition");
  }
  const named = [...login.principals, ...login.readers];
  login.readers.forEach((reader, index) => {
    if (named.indexOf(reader) === login.principals.length + index) return;
    report(["login", "readers", index], "is named before, here or under principals; remove the repetition");
  });
  if (!database) return;
  checkLives(["database", "defaultTtlSeconds"], database.defaultTtlSeconds, database.maxTtlSeconds, report);
  const made = database.creationStatements.join(" ");
  for (const part of ["{{name}}", "{{password}}", "{{expiration}}"].filter((part) => !made.includes(part))) {
    report(["database", "creationStatements"], `lack ${part}; let Vault put it in`);
  }
});

export type VaultTransitKeyConfig = z.output<typeof vaultTransitKeyConfig>;
export type VaultTransitKeyInput = z.input<typeof vaultTransitKeyConfig>;

function checkLives(at: PropertyKey[], life: number, longest: number, report: Report): void {
  if (life > longest) report(at, `is longer than the longest life, ${longest}; use at most that`);
}
