import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import type { DeploymentStack } from "../../../modules/core";
import { VaultTransitKey } from "../../../modules/vault-transit-key";

export function build(stack: DeploymentStack): VaultTransitKey {
  // Logs in with VAULT_TOKEN or Vault's other environment variables: no token in the code.
  const provider = new VaultProvider(stack, "vault", { address: "https://vault.example.com:8200" });
  return new VaultTransitKey(stack, "orders", {
    config: { login: { principals: ["arn:aws:iam::123456789012:role/prod-orders-eu-west-1"] } },
    name: "prod-orders",
    provider,
    serverId: "vault.example.com",
    auditDevice: true,
  });
}
