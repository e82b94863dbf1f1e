import { type IdentityTokenRequest, identityToken } from "./identity-token.js";
import { type JwtLoginOptions, loginWithJwt } from "./jwt-login.js";
import type { VaultAddress, VaultAnswer } from "./vault-http.js";

/** Logs in with a token that STS makes for it, in a file of its own, which functions that log in otherwise do not load. */
export const loginWithToken = (
  address: VaultAddress,
  options: Omit<JwtLoginOptions, "token">,
  request: IdentityTokenRequest,
): Promise<VaultAnswer> => loginWithJwt(address, { ...options, token: async () => identityToken(request) });
