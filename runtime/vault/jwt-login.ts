import { requestVault, segment, type VaultAddress, type VaultAnswer } from "./vault-http.js";

/** Who logs in, and with what. */
export interface JwtLoginOptions {
  /** Role of the server's JWT auth method, whose `bound_claims` name the function's role. */
  readonly role: string;
  /** Path of the auth method: `jwt` by default. */
  readonly mount?: string;
  /** Called for each login, because a token lives for a minute or a few. It is sent to the server, and never logged. */
  readonly token: () => Promise<string>;
}

/**
 * Logs in to Vault or OpenBao with a token that the server verifies by the public keys of its issuer.
 * @see https://openbao.org/api-docs/auth/jwt/#jwt-login
 * @throws VaultError, or whatever `token` throws
 */
export async function loginWithJwt(address: VaultAddress, options: JwtLoginOptions): Promise<VaultAnswer> {
  const { role, mount = "jwt", token } = options;
  const path = `auth/${segment(mount)}/login`;
  return requestVault(address, { method: "POST", path, body: { role, jwt: await token() } });
}
