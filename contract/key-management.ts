import { z } from "zod";
import { httpsUrl, strictObject } from "../modules/core";
import { privateRange } from "../modules/database-network";
import { identityTokenConfig, vaultLoginMethods } from "../modules/vault-login";

const kms = strictObject(() => ({
  provider: z
    .literal("kms")
    .describe("AWS KMS: a multi-Region key of the environment, which is rotated automatically."),
}));

const vault = strictObject(() => ({
  provider: z.literal("vault").describe("An existing Vault or OpenBao, with a transit key for each service."),
  server: z
    .enum(["vault", "openbao"])
    .default("vault")
    .describe("Which of the two it is. OpenBao has no AWS login, so its functions log in by jwt."),
  address: httpsUrl("the address of a Vault", "write https://<host>:<port>, without a path, user or password").describe(
    "Address of Vault, for functions and for Terraform: https://vault.example.com:8200.",
  ),
  serverId: z
    .string()
    .regex(/^[\w.-]{1,255}$/, "is not a server id; use the host name of this Vault")
    .describe(
      "Value that logins must be signed for, so that they cannot be used at another Vault; the audience of identity tokens.",
    ),
  logins: z
    .array(z.enum(vaultLoginMethods))
    .min(1)
    .max(2)
    .default(["iam"])
    .describe(
      "How functions may log in; they use the first one. iam: by a request that Vault sends to STS. jwt: by a token that STS signs, for which identityTokens is required. To change without an interruption, deploy with both first, then with the order reversed, then with the new one alone.",
    ),
  identityTokens: identityTokenConfig
    .optional()
    .describe(
      "The account's outbound identity federation, for the login jwt. It must be switched on in the account: aws iam enable-outbound-web-identity-federation.",
    ),
  auditDevice: z
    .boolean()
    .default(false)
    .describe(
      "true creates an audit device in Vault. Set it only once per Vault, because each device records every request. OpenBao takes it from its own configuration only.",
    ),
  databaseMount: z
    .string()
    .regex(/^\w[\w.-]*$/, "is not the path of a secrets engine; use letters, digits, underscores, dots and hyphens")
    .optional()
    .describe(
      "Path of the database engine, for services with database.login. Vault's administrators create it, with a connection for each database.",
    ),
  privateAccess: strictObject(() => ({
    cidrBlocks: z
      .array(privateRange)
      .min(1)
      .describe("Private addresses of Vault, or of its endpoint, as the functions of any region see them."),
  }))
    .optional()
    .describe(
      "Declares that functions in the databases' networks reach Vault privately, by PrivateLink or peering. That connection, with its routes and names, is created outside of the toolkit. Opens the functions' security group to these addresses, on the port of address.",
    ),
  encryptedByKmsBefore: z
    .boolean()
    .optional()
    .describe(
      "Whether services encrypted with KMS before the environment went to Vault; must be said if a service encrypts. true keeps the KMS key, and functions go on decrypting with it; false is for an environment that was on Vault from its start, or whose key may go.",
    ),
  failoverSeconds: z
    .int()
    .min(0)
    .optional()
    .describe(
      "How long Vault did not answer in the last drill of a loss of the home region, in seconds, for recovery objectives. Without it, Vault is assumed to outlive the home region.",
    ),
  autoRotateDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days after which Vault creates a new version of a key."),
}));

/** Who keeps the keys that services themselves encrypt with; KMS encrypts tables, logs and alerts either way. */
export const keyManagementConfig = z.discriminatedUnion("provider", [kms, vault]).default({ provider: "kms" });

export type KeyManagementConfig = z.output<typeof keyManagementConfig>;
