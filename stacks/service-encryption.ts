import type { ServiceEncryption } from "../blueprints/regional-service";
import type { EncryptionKey } from "../modules/encryption-key";

/** Services encrypt with the environment's own KMS key; each may only use it for its own messages. */
export function kmsEncryption(key: EncryptionKey): ServiceEncryption {
  return {
    variables: (service, region) => ({ ENCRYPTION_KEY_ARN: key.arnIn(region), ENCRYPTION_SERVICE: service }),
    grant: (grantee, service, reads) =>
      reads ? key.grantDecrypt(grantee, service) : key.grantEncryptDecrypt(grantee, service),
  };
}
