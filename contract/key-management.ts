import { z } from "zod";
import { privateRange } from "../modules/database-network";

const kms = z.strictObject({
  provider: z.literal("kms").describe("AWS KMS: a multi-Region key of the environment, which rotates by itself."),
});

const vault = z.strictObject({
  provider: z.literal("vault").describe("A Vault that is there already: a transit key for each service."),
  address: z
    .string()
    .regex(
      /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
      "is no address of a Vault; write https://<host>:<port>, without a path, user or password",
    )
    .describe("Address of Vault, for functions and for Terraform: https://vault.example.com:8200."),
  serverId: z
    .string()
    .regex(/^[\w.-]{1,255}$/, "is no server id; use the host name of this Vault")
    .describe("Value that logins must be signed for, so that they are of no use at another Vault."),
  auditDevice: z
    .boolean()
    .default(false)
    .describe("true makes an audit device of Vault, once per Vault: each device records every request of all."),
  databaseMount: z
    .string()
    .regex(/^\w[\w.-]*$/, "is no path of a secrets engine; use letters, digits, underscores, dots and hyphens")
    .optional()
    .describe(
      "Path of the database engine, made by its administrators with a connection for each database: for services with database.login.",
    ),
  privateAccess: z
    .strictObject({
      cidrBlocks: z
        .array(privateRange)
        .min(1)
        .describe("Private addresses of Vault, or of its endpoint, as the functions of any region see them."),
    })
    .optional()
    .describe(
      "States that functions inside of the databases' networks reach Vault privately, by PrivateLink or peering, which is made outside of the toolkit, routes and names included. Opens their security group to these addresses, at the port of address.",
    ),
  autoRotateDays: z.int().min(1).max(3650).default(90).describe("Days after which Vault makes a new version of a key."),
});

/** Who keeps the keys that services encrypt with themselves; tables, logs and alerts are encrypted by KMS either way. */
export const keyManagementConfig = z.discriminatedUnion("provider", [kms, vault]).default({ provider: "kms" });

export type KeyManagementConfig = z.output<typeof keyManagementConfig>;
