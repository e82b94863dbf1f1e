import { type VaultDatabaseRoleConfig, vaultDatabaseRoleConfig } from "../../../modules/vault-database-role";

export function role(): VaultDatabaseRoleConfig {
  return vaultDatabaseRoleConfig.parse({
    connection: "ledger",
    creationStatements: [
      `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ledger_access`,
    ],
    revocationStatements: [
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{{name}}'`,
      `DROP ROLE IF EXISTS "{{name}}"`,
    ],
  });
}
