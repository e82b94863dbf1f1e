import { z } from "zod";
import { type Report, withRule } from "../core";
import { checkVaultDatabaseRole, vaultDatabaseRoleConfig } from "../vault-database-role";

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
  database: vaultDatabaseRoleConfig
    .optional()
    .describe("Logins that Vault makes for one database and takes away again."),
  encrypts: z
    .boolean()
    .default(true)
    .describe("false makes no key: for those who use the database logins alone. Switching it off later loses the key."),
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
  if (!config.encrypts && !database) {
    report(["encrypts"], "is off and there is no database, so nobody has anything to log in for; switch it on");
  }
  if (!config.encrypts && login.readers.length > 0) {
    report(["login", "readers"], "decrypt with a key that is not made; remove them, or leave encrypts on");
  }
  if (database) {
    checkVaultDatabaseRole(database, (path, message) => report(["database", ...path], message));
  }
});

export type VaultTransitKeyConfig = z.output<typeof vaultTransitKeyConfig>;
export type VaultTransitKeyInput = z.input<typeof vaultTransitKeyConfig>;

function checkLives(at: PropertyKey[], life: number, longest: number, report: Report): void {
  if (life > longest) report(at, `is longer than the longest life, ${longest}; use at most that`);
}
