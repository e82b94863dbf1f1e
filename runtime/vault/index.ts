export type { AwsCredentials } from "./aws-login.js";
export * from "./database-lease.js";
export * from "./from-environment.js";
export { type IdentityTokenRequest, type IdentityTokens, identityTokensBy } from "./identity-token.js";
export { type JwtLoginOptions, loginWithJwt } from "./jwt-login.js";
export * from "./transit.js";
export { VaultClient, type VaultClientOptions } from "./vault-client.js";
export { type VaultAddress, type VaultAnswer, VaultError, type VaultRequest } from "./vault-http.js";
