import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import type { Construct } from "constructs";
import type { ServiceEncryption } from "../blueprints/regional-service";
import { VaultTransitKey, vaultNames } from "../modules/vault-transit-key";
import type { Deployment, VaultKeyManagement } from "./deployment";
import { EnvironmentStack } from "./environment-stack";
import type { ServicesStack } from "./services-stack";

/**
 * The keys that Vault keeps for services, and the logins of their functions. After the services, because Vault asks AWS for
 * the roles that it binds; functions are told names that are known before.
 */
export class VaultStack extends EnvironmentStack {
  constructor(scope: Construct, deployment: Deployment, vault: VaultKeyManagement, regional: readonly ServicesStack[]) {
    super(scope, "vault", deployment, []);
    for (const stack of regional) this.addDependency(stack);
    // Logs in by VAULT_TOKEN, or as its other variables say: nothing secret is in the configuration.
    const provider = new VaultProvider(this, "provider", { address: vault.address });
    const users = [...deployment.services].filter(([, { encryption }]) => encryption);
    const rolesOf = (name: string) => regional.map((stack) => stack.service(name).function.literalRoleArn);
    let audited = false;
    for (const [owner] of users.filter(([, { encryption }]) => !encryption?.readsOf)) {
      const readers = users.filter(([, { encryption }]) => encryption?.readsOf === owner).map(([name]) => name);
      new VaultTransitKey(this, owner, {
        config: {
          autoRotateDays: vault.autoRotateDays,
          login: { principals: rolesOf(owner), readers: readers.flatMap(rolesOf) },
        },
        name: `${deployment.environment}-${owner}`,
        provider,
        serverId: vault.serverId,
        auditDevice: vault.auditDevice && !audited,
      });
      audited = true;
    }
  }
}

/** What functions are told of their key in Vault; their roles need no permission in AWS. */
export function vaultEncryption(environment: string, vault: VaultKeyManagement): ServiceEncryption {
  return {
    variables: (service, _region, reads) => {
      const names = vaultNames(`${environment}-${service}`);
      return {
        VAULT_ADDR: vault.address,
        VAULT_SERVER_ID: vault.serverId,
        VAULT_AUTH_MOUNT: names.authMount,
        VAULT_ROLE: reads ? names.readerRole : names.role,
        VAULT_TRANSIT_MOUNT: names.transitMount,
        VAULT_KEY: names.keyName,
      };
    },
    grant: () => undefined,
  };
}
