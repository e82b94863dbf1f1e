import type { TerraformStack } from "cdktf";

/** The exact Vault provider version that the generated Terraform is written for. */
export const vaultProviderRequirement = { source: "hashicorp/vault", version: "5.6.0" } as const;

/** Pins the source and version of the stack's Vault provider, which cdktf would leave open. */
export function pinVaultProvider(stack: TerraformStack): void {
  stack.addOverride("terraform.required_providers.vault", vaultProviderRequirement);
}
