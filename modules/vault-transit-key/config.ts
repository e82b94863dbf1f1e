import { z } from "zod";
import { type Report, strictObject, withRule } from "../core";
import { checkVaultDatabaseRole, vaultDatabaseRoleConfig } from "../vault-database-role";
import { identityTokenConfig, vaultLoginMethods } from "../vault-login";

export type * from "./input";

const hour = 3600;
const day = 24 * hour;
const seconds = (least: number, most: number) => z.int().min(least).max(most);

const roleArn = z
  .string()
  .regex(
    /^arn:aws(-cn|-us-gov)?:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    "is not the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards",
  );

const fields = strictObject(() => ({
  autoRotateDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days after which Vault creates a new version of the key."),
  minDecryptionVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Oldest version that can still decrypt. Only raise it after everything older has been rewrapped."),
  minEncryptionVersion: z
    .int()
    .min(0)
    .default(0)
    .describe("Oldest version that may still encrypt, which a canary needs. 0 only allows the newest version."),
  minDecryptionVersionReason: z
    .string()
    .min(10)
    .optional()
    .describe(
      "Why `minDecryptionVersion` was raised: messages with an older version cannot be decrypted while it is raised.",
    ),
  login: strictObject(() => ({
    principals: z.array(roleArn).min(1).describe("IAM roles of the functions that may log in."),
    readers: z.array(roleArn).default([]).describe("IAM roles of functions that may only decrypt."),
    methods: z
      .array(z.enum(vaultLoginMethods))
      .min(1)
      .max(2)
      .default(["iam"])
      .describe("How they may log in: iam by a request that Vault sends to STS, jwt by a token that STS signs."),
    identityTokens: identityTokenConfig
      .optional()
      .describe("The tokens of the account's outbound identity federation, for jwt."),
    tokenTtlSeconds: seconds(60, day).default(hour).describe("Lifetime of a token, in seconds. It can be renewed."),
    tokenMaxTtlSeconds: seconds(60, 32 * day)
      .default(day)
      .describe("Maximum lifetime of a token, including renewals, in seconds."),
  })).describe("How functions log in, with their IAM role."),
  database: vaultDatabaseRoleConfig.optional().describe("Temporary logins that Vault creates for a database."),
  encrypts: z
    .boolean()
    .default(true)
    .describe("Set to false to create no key, if only database logins are used. Switching it off later loses the key."),
}));

/**
 * A key in Vault and who may use it. It can never be deleted or exported.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export const vaultTransitKeyConfig = withRule(fields, (config, report) => {
  const { login, database, minDecryptionVersion, minDecryptionVersionReason, minEncryptionVersion } = config;
  if (minDecryptionVersion > 1 && minDecryptionVersionReason === undefined) {
    report(
      ["minDecryptionVersion"],
      "makes data unreadable that older versions encrypted; rewrap that data first, then give the reason in minDecryptionVersionReason",
    );
  }
  if (minEncryptionVersion > 0 && minEncryptionVersion < minDecryptionVersion) {
    report(
      ["minEncryptionVersion"],
      `is below minDecryptionVersion, ${minDecryptionVersion}; use at least that value, or 0`,
    );
  }
  checkLives(["login", "tokenTtlSeconds"], login.tokenTtlSeconds, login.tokenMaxTtlSeconds, report);
  checkMethods(login, report);
  if (new Set(login.principals).size < login.principals.length) {
    report(["login", "principals"], "lists a role twice; remove the duplicate");
  }
  const named = [...login.principals, ...login.readers];
  login.readers.forEach((reader, index) => {
    if (named.indexOf(reader) === login.principals.length + index) return;
    report(["login", "readers", index], "is already listed here or in principals; remove the duplicate");
  });
  if (!config.encrypts && !database) {
    report(
      ["encrypts"],
      "is false and there is no database, so there is nothing to log in for; set it to true, or add database",
    );
  }
  if (!config.encrypts && login.readers.length > 0) {
    report(
      ["login", "readers"],
      "has no effect without a key, but encrypts is false; remove it, or set encrypts to true",
    );
  }
  if (database) {
    checkVaultDatabaseRole(database, (path, message) => report(["database", ...path], message));
  }
});

export type VaultTransitKeyConfig = z.output<typeof vaultTransitKeyConfig>;

function checkMethods(
  { methods, identityTokens, principals, readers }: z.output<typeof fields>["login"],
  report: Report,
): void {
  if (new Set(methods).size < methods.length)
    report(["login", "methods"], "lists a method twice; remove the duplicate");
  const byToken = methods.includes("jwt");
  if (byToken && !identityTokens) {
    report(["login", "identityTokens"], "is required for jwt; set issuer to that of the account's identity tokens");
  }
  if (!byToken && identityTokens) {
    report(["login", "identityTokens"], "has no effect without jwt; remove it, or add jwt to methods");
  }
  if (!byToken) return;
  for (const [list, arns] of [["principals", principals] as const, ["readers", readers] as const]) {
    arns.forEach((arn, index) => {
      if (!arn.includes(",")) return;
      report(
        ["login", list, index],
        "contains a comma, at which the Vault provider splits the values of a claim; give the role another name",
      );
    });
  }
}

function checkLives(at: PropertyKey[], life: number, longest: number, report: Report): void {
  if (life > longest) report(at, `is above tokenMaxTtlSeconds, ${longest}; use at most that value`);
}
