import { defaultProvider } from "../aws/lambda-credentials.js";
import { onDemand } from "../aws/on-demand.js";
import { type Environment, readEnvironment, string } from "../environment/environment.js";
import { DatabaseLease } from "./database-lease.js";
import { VaultClient } from "./vault-client.js";

/** The variables that lead to Vault, whatever it is used for. */
export const vaultVariables = {
  AWS_REGION: string(),
  VAULT_ADDR: string(),
  VAULT_SERVER_ID: string(),
  VAULT_AUTH_MOUNT: string(),
  VAULT_ROLE: string(),
};

/** A client that logs in with the function's IAM role when it is first used, and loads the signer for it then. */
export function vaultClient(environment: Environment<typeof vaultVariables>): VaultClient {
  const address = { url: environment.VAULT_ADDR };
  const login = {
    role: environment.VAULT_ROLE,
    mount: environment.VAULT_AUTH_MOUNT,
    region: environment.AWS_REGION,
    credentials: defaultProvider(),
    serverId: environment.VAULT_SERVER_ID,
  };
  const loginWithAws = onDemand(async () => (await import("./aws-login.js")).loginWithAws);
  return new VaultClient({ address, login: async () => (await loginWithAws())(address, login) });
}

/**
 * The database login by VAULT_DATABASE_MOUNT, VAULT_DATABASE_ROLE and the variables that lead to Vault.
 * @throws EnvironmentError
 */
export function databaseLeaseFromEnvironment(source: Readonly<Record<string, string | undefined>>): DatabaseLease {
  const environment = readEnvironment(
    { ...vaultVariables, VAULT_DATABASE_MOUNT: string(), VAULT_DATABASE_ROLE: string() },
    source,
  );
  return new DatabaseLease({
    vault: vaultClient(environment),
    mount: environment.VAULT_DATABASE_MOUNT,
    role: environment.VAULT_DATABASE_ROLE,
    isAuthenticationError: () => false,
  });
}
