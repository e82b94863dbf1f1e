import { z } from "zod";
import type { Report } from "../modules/core";
import { privateRange } from "../modules/database-network";
import type { VaultKeyManagement } from "../stacks";
import type { EnvironmentConfig } from "./schema";

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

/** The Vault of an environment as the stacks take it, with the port that functions reach it at. */
export function vaultOf({ keyManagement }: EnvironmentConfig): Omit<VaultKeyManagement, "deployed"> | undefined {
  if (keyManagement.provider !== "vault") return undefined;
  const { privateAccess, ...rest } = keyManagement;
  // An URL leaves the default port of its scheme out.
  const port = Number(new URL(keyManagement.address).port || 443);
  return { ...rest, privateAccess: privateAccess && { ...privateAccess, port } };
}

/** What must hold between the keeper of keys and the services that encrypt. */
export function checkEncryption({ keyManagement, keys, services, databases }: EnvironmentConfig, report: Report): void {
  const own = services.filter(({ encryption }) => encryption && !encryption.readsOf).map(({ name }) => name);
  if (keys.application && keyManagement.provider === "vault") {
    report(["keys", "application"], "is a key of KMS, but keyManagement has Vault keep the services' keys; remove one");
  } else if (keys.application && own.length === 0) {
    report(["keys", "application"], "encrypts nothing: no service has encryption; add it to one, or remove the key");
  }
  services.forEach(({ name, encryption, database: use }, index) => {
    const at = ["services", index, "encryption"];
    const owner = encryption?.readsOf;
    if (owner === name) report([...at, "readsOf"], "is the service itself; leave it out to encrypt and decrypt");
    else if (owner !== undefined && !own.includes(owner)) {
      const remedy = own.length > 0 ? `use one of ${own.join(", ")}` : "give it encryption: {}";
      report([...at, "readsOf"], `is no service that encrypts; ${remedy}`);
    }
    const database = encryption && databases.findIndex((one) => one.name === use?.name);
    if (database === undefined || database < 0) return;
    // A function that connects to a database has no way out of its network, if the toolkit made it.
    if (databases[database]?.network.existing) return;
    if (keyManagement.provider === "vault") {
      if (keyManagement.privateAccess) return;
      report(
        at,
        `does not get out of the network of the database ${use?.name} to Vault; state the way that there is in keyManagement.privateAccess, or encrypt in another service`,
      );
    } else if (!databases[database]?.network.interfaceEndpoints.includes("kms")) {
      report(
        ["databases", database, "network", "interfaceEndpoints"],
        'has no "kms", but functions in the network encrypt; add it',
      );
    }
  });
}
