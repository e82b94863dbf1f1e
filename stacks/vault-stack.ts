import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import type { Construct } from "constructs";
import type { ServiceDatabaseLogin, ServiceEncryption } from "../blueprints/regional-service";
import type { Deployment, VaultKeyManagement } from "../contract";
import type { Grantee } from "../modules/core";
import { identityTokenStatement } from "../modules/vault-login";
import { type VaultNames, VaultTransitKey, vaultNames } from "../modules/vault-transit-key";
import { EnvironmentStack } from "./environment-stack";
import type { ServicesStack } from "./services-stack";

/**
 * The keys that Vault keeps for services, the database logins that it creates for them, and the Vault logins of their
 * functions. It is deployed after the services, because Vault looks up in AWS the roles that it binds. Functions get names
 * that are known in advance.
 */
export class VaultStack extends EnvironmentStack {
  constructor(scope: Construct, deployment: Deployment, vault: VaultKeyManagement, regional: readonly ServicesStack[]) {
    super(scope, "vault", deployment, []);
    for (const stack of regional) this.addDependency(stack);
    // Logs in by VAULT_TOKEN, or as its other variables say: nothing secret is in the configuration.
    const provider = new VaultProvider(this, "vault.provider", { address: vault.address });
    const services = [...deployment.services];
    const rolesOf = (name: string) => regional.map((stack) => stack.service(name).function.literalRoleArn);
    let audited = false;
    for (const [owner, { encryption, database }] of services) {
      const encrypts = encryption !== undefined && !encryption.readsOf;
      const { provider: _, ...databaseRole } = database?.login ?? {};
      const logsIn = "connection" in databaseRole;
      if (!encrypts && !logsIn) continue;
      const readers = services.filter(([, other]) => other.encryption?.readsOf === owner).map(([name]) => name);
      new VaultTransitKey(this, owner, {
        config: {
          encrypts,
          autoRotateDays: vault.autoRotateDays,
          login: {
            principals: rolesOf(owner),
            readers: readers.flatMap(rolesOf),
            methods: vault.logins,
            identityTokens: vault.identityTokens,
          },
          ...(logsIn && { database: databaseRole }),
        },
        name: `${deployment.environment}-${owner}`,
        provider,
        serverId: vault.serverId,
        databaseMount: vault.databaseMount,
        auditDevice: vault.auditDevice && !audited,
      });
      audited = true;
    }
  }
}

/** What functions need to know about their key in Vault, and the permission to ask for identity tokens where they log in by these. */
export function vaultEncryption(environment: string, vault: VaultKeyManagement): ServiceEncryption {
  return {
    variables: (service, _region, reads) => {
      const names = vaultNames(`${environment}-${service}`);
      return {
        ...loginVariables(vault, names),
        VAULT_ROLE: reads ? names.readerRole : names.role,
        VAULT_TRANSIT_MOUNT: names.transitMount,
        VAULT_KEY: names.keyName,
      };
    },
    grant: (grantee) => grantIdentityTokens(vault, grantee),
    identityTokens: vault.logins[0] === "jwt",
  };
}

/** What functions need to know about their database logins; undefined for a Vault without a database engine. */
export function vaultDatabaseLogin(environment: string, vault: VaultKeyManagement): ServiceDatabaseLogin | undefined {
  const { databaseMount } = vault;
  if (databaseMount === undefined) return undefined;
  return {
    variables: (service) => {
      const names = vaultNames(`${environment}-${service}`);
      return {
        ...loginVariables(vault, names),
        VAULT_ROLE: names.role,
        VAULT_DATABASE_MOUNT: databaseMount,
        VAULT_DATABASE_ROLE: names.databaseRole,
      };
    },
    grant: (grantee) => grantIdentityTokens(vault, grantee),
    identityTokens: vault.logins[0] === "jwt",
  };
}

function loginVariables(vault: VaultKeyManagement, names: VaultNames): Record<string, string> {
  const { address, serverId, identityTokens } = vault;
  const server = { VAULT_ADDR: address, VAULT_SERVER_ID: serverId };
  if (vault.logins[0] !== "jwt" || !identityTokens) return { ...server, VAULT_AUTH_MOUNT: names.authMount };
  return {
    ...server,
    VAULT_AUTH_MOUNT: names.jwtMount,
    VAULT_JWT_ALGORITHM: identityTokens.signingAlgorithm,
    VAULT_JWT_SECONDS: String(identityTokens.durationSeconds),
  };
}

/** Also where the login is only prepared: the role is ready before its function logs in so. */
function grantIdentityTokens({ logins, serverId, identityTokens }: VaultKeyManagement, grantee: Grantee): void {
  if (logins.includes("jwt") && identityTokens) {
    grantee.addToRolePolicy(identityTokenStatement(serverId, identityTokens));
  }
}
