import type { ServiceEncryption } from "../blueprints/regional-service";
import type { GrantingKey } from "../modules/encryption-key";

/** Services encrypt with Vault, and decrypt what they encrypted with the environment's KMS key before. */
export function vaultAfterKms(vault: ServiceEncryption, key: GrantingKey): ServiceEncryption {
  return {
    identityTokens: vault.identityTokens,
    variables: (service, region, reads) => ({
      ...vault.variables(service, region, reads),
      DECRYPTION_KEY_ARN: key.arnIn(region),
      ENCRYPTION_SERVICE: service,
    }),
    grant: (grantee, service, reads) => {
      vault.grant(grantee, service, reads);
      key.grantDecrypt(grantee, service);
    },
  };
}

/** Services encrypt with the environment's own KMS key; each may only use it for its own messages. */
export function kmsEncryption(key: GrantingKey): ServiceEncryption {
  return {
    variables: (service, region) => ({ ENCRYPTION_KEY_ARN: key.arnIn(region), ENCRYPTION_SERVICE: service }),
    grant: (grantee, service, reads) =>
      reads ? key.grantDecrypt(grantee, service) : key.grantEncryptDecrypt(grantee, service),
  };
}
