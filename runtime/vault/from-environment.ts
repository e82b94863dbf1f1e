import { defaultProvider } from "../aws/lambda-credentials.js";
import { onDemand } from "../aws/on-demand.js";
import { type Environment, integer, oneOf, readEnvironment, string } from "../environment/environment.js";
import { DatabaseLease } from "./database-lease.js";
import { VaultClient } from "./vault-client.js";

/** The variables that lead to Vault, whatever it is used for. */
export const vaultVariables = {
  AWS_REGION: string(),
  VAULT_ADDR: string(),
  VAULT_SERVER_ID: string(),
  VAULT_AUTH_MOUNT: string(),
  VAULT_ROLE: string(),
  /** Set where the function logs in by identity tokens. */
  VAULT_JWT_ALGORITHM: oneOf("none", "ES384", "RS256").default("none"),
  VAULT_JWT_SECONDS: integer(60, 3_600).default(60),
};

/**
 * A client that logs in when it is first used: with a token of STS where VAULT_JWT_ALGORITHM is set, otherwise with a request that the
 * function's IAM role signs. It loads what asks or signs then.
 */
export function vaultClient(environment: Environment<typeof vaultVariables>): VaultClient {
  const address = { url: environment.VAULT_ADDR };
  const { VAULT_JWT_ALGORITHM: signingAlgorithm } = environment;
  if (signingAlgorithm !== "none") {
    const request = {
      region: environment.AWS_REGION,
      audience: environment.VAULT_SERVER_ID,
      signingAlgorithm,
      durationSeconds: environment.VAULT_JWT_SECONDS,
    };
    const { VAULT_ROLE: role, VAULT_AUTH_MOUNT: mount } = environment;
    const loginWithToken = onDemand(async () => (await import("./token-login.js")).loginWithToken);
    return new VaultClient({ address, login: async () => (await loginWithToken())(address, { role, mount }, request) });
  }
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
