import { z } from "zod";
import { kebabName, type Report } from "../core";

const hour = 3600;
const day = 24 * hour;
const seconds = (least: number, most: number) => z.int().min(least).max(most);

/**
 * A role of Vault's database engine, by which it makes a user for each login; check it with {@link checkVaultDatabaseRole} as well.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/databases#create-role
 */
export const vaultDatabaseRoleConfig = z.strictObject({
  connection: kebabName(64).describe("Name of the engine's connection to the database, made by its administrators."),
  creationStatements: z
    .array(z.string().min(1))
    .min(1)
    .describe("SQL that makes a user, with {{name}}, {{password}}, {{expiration}}."),
  revocationStatements: z.array(z.string().min(1)).default([]).describe("SQL that takes a user away again."),
  defaultTtlSeconds: seconds(60, day).default(hour).describe("Life of a login, renewable."),
  maxTtlSeconds: seconds(60, 32 * day)
    .default(day)
    .describe("Longest life of a login, renewals included."),
});

export type VaultDatabaseRoleConfig = z.output<typeof vaultDatabaseRoleConfig>;

/** What must hold between the fields of a role, reported at its own paths. */
export function checkVaultDatabaseRole(role: VaultDatabaseRoleConfig, report: Report): void {
  const { creationStatements, defaultTtlSeconds, maxTtlSeconds } = role;
  if (defaultTtlSeconds > maxTtlSeconds) {
    report(["defaultTtlSeconds"], `is longer than the longest life, ${maxTtlSeconds}; use at most that`);
  }
  const made = creationStatements.join(" ");
  for (const part of ["{{name}}", "{{password}}", "{{expiration}}"].filter((part) => !made.includes(part))) {
    report(["creationStatements"], `lack ${part}; let Vault put it in`);
  }
}
