import { z } from "zod";
import { httpsUrl, strictObject } from "../core";

export type * from "./input";

/**
 * How a function proves to Vault or OpenBao which IAM role it has: `iam` by a signed request that the server sends to STS, `jwt` by a
 * token that STS signs and the server verifies.
 * @see https://developer.hashicorp.com/vault/docs/auth/aws
 * @see https://openbao.org/docs/auth/jwt/
 */
export const vaultLoginMethods = ["iam", "jwt"] as const;

export type VaultLoginMethod = (typeof vaultLoginMethods)[number];

/**
 * The tokens of AWS's outbound identity federation, by which roles of an account log in to servers outside of AWS.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html
 */
export const identityTokenConfig = strictObject(() => ({
  issuer: httpsUrl(
    "the issuer of the account's identity tokens",
    "write https://<id>.tokens.sts.global.api.aws as aws iam get-outbound-web-identity-federation-info shows it, without a path",
  ).describe(
    "The account's own issuer, as aws iam get-outbound-web-identity-federation-info shows it. The server reads its public keys there.",
  ),
  signingAlgorithm: z
    .enum(["ES384", "RS256"])
    .default("ES384")
    .describe("Algorithm of the signatures. The server accepts no other one."),
  durationSeconds: z
    .int()
    .min(60)
    .max(3600)
    .default(60)
    .describe(
      "How long a token can be used, in seconds; the server allows its clock 60 more. A function asks for a new token with each login.",
    ),
}));

export type IdentityTokenConfig = z.output<typeof identityTokenConfig>;
