import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { buildStacks } from "../../stacks";
import { readSynthesizedStacks } from "../../terraform";

/** What of `keyManagement` is not the same for all. */
export interface VaultVariant {
  readonly server?: "vault" | "openbao";
  readonly logins?: readonly ("iam" | "jwt")[];
  readonly auditDevice?: boolean;
}

export const audience = "vault.example.com";
/** What the account's issuer is called in the environment; the stand-in of it has another address. */
export const issuer = "https://abc123-def456.tokens.sts.global.api.aws";
/** Path of the database engine, and name of its connection. */
export const databaseMount = "database";
export const connection = "ledger";
/** The role that created users are granted. */
export const databaseRole = "ledger_access";

/** The service ledger of prod with database logins and encryption by Vault or OpenBao, at the last stage. */
export function vaultEnvironment({ server = "openbao", logins = ["jwt"], auditDevice = false }: VaultVariant = {}) {
  const input = JSON.parse(JSON.stringify(prod.input)) as EnvironmentInput & { databases: never[]; services: never[] };
  const [database] = input.databases as unknown as { network: { interfaceEndpoints: string[] } }[];
  database?.network.interfaceEndpoints.push("sts");
  const ledger = (input.services as unknown as { name: string; database?: object; encryption?: object }[]).find(
    ({ name }) => name === "ledger",
  );
  if (!database || !ledger) throw new Error("prod has no ledger");
  ledger.encryption = {};
  ledger.database = {
    name: "ledger",
    user: databaseRole,
    login: {
      provider: "vault",
      connection,
      creationStatements: [
        `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ${databaseRole}`,
      ],
      revocationStatements: [
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{{name}}'`,
        `DROP ROLE IF EXISTS "{{name}}"`,
      ],
    },
  };
  return defineEnvironment({
    ...input,
    exceptions: {
      ...input.exceptions,
      databaseProxy: { enabled: false, reason: "Users that Vault creates get through no pool" },
      secretRotation: { enabled: false, reason: "Vault rotates its own password" },
    },
    keyManagement: {
      provider: "vault",
      server,
      address: "https://vault.example.com:8200",
      serverId: audience,
      logins: [...logins],
      auditDevice,
      ...(logins.includes("jwt") && { identityTokens: { issuer } }),
      databaseMount,
      privateAccess: { cidrBlocks: ["10.80.0.0/24"] },
      encryptedByKmsBefore: false,
    },
  } as EnvironmentInput);
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** What is synthesized for such an environment: Vault's resources, and those of its services in the home region. */
export function synthesizedVault(
  outdir: string,
  variant: VaultVariant = {},
): { vault: Resources; services: Resources } {
  const app = new App({ outdir, stackTraces: false });
  buildStacks(app, vaultEnvironment(variant).resolve({ localStateDirectory: ".evenkeel/state" }));
  app.synth();
  const stacks = new Map(readSynthesizedStacks(outdir).map(({ name, terraform }) => [name, terraform.resource ?? {}]));
  const of = (name: string) => (stacks.get(name) ?? {}) as Resources;
  return { vault: of("prod-vault"), services: of("prod-services-eu-west-1") };
}
