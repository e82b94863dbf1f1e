import { z } from "zod";
import { kebabName, type Report, strictObject } from "../core";

export type * from "./input";

const hour = 3600;
const day = 24 * hour;
const seconds = (least: number, most: number) => z.int().min(least).max(most);

/**
 * A role of Vault's database engine, which creates a user for each login. Also check it with
 * {@link checkVaultDatabaseRole}.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/databases#create-role
 */
export const vaultDatabaseRoleConfig = strictObject(() => ({
  connection: kebabName(64).describe(
    "Name of the engine's connection to the database, which its administrators create.",
  ),
  creationStatements: z
    .array(z.string().min(1))
    .min(1)
    .describe("SQL that creates a user, with {{name}}, {{password}} and {{expiration}}."),
  revocationStatements: z.array(z.string().min(1)).default([]).describe("SQL that removes a user."),
  defaultTtlSeconds: seconds(60, day).default(hour).describe("Lifetime of a login, in seconds. It can be renewed."),
  maxTtlSeconds: seconds(60, 32 * day)
    .default(day)
    .describe("Maximum lifetime of a login, including renewals, in seconds."),
}));

export type VaultDatabaseRoleConfig = z.output<typeof vaultDatabaseRoleConfig>;

/** Checks the rules that involve several fields of a role. Paths are relative to the role. */
export function checkVaultDatabaseRole(role: VaultDatabaseRoleConfig, report: Report): void {
  const { creationStatements, defaultTtlSeconds, maxTtlSeconds } = role;
  if (defaultTtlSeconds > maxTtlSeconds) {
    report(["defaultTtlSeconds"], `is above maxTtlSeconds, ${maxTtlSeconds}; use at most that value`);
  }
  const made = creationStatements.join(" ");
  for (const part of ["{{name}}", "{{password}}", "{{expiration}}"].filter((part) => !made.includes(part))) {
    report(["creationStatements"], `does not contain ${part}; add it, so that Vault can fill it in`);
  }
}
