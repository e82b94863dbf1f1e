import { EnvironmentError, readEnvironment, string } from "../environment/environment";
import { vaultClient, vaultVariables } from "../vault/from-environment";
import { Transit } from "../vault/transit";
import type { Encryption } from "./encryption";
import { Envelope } from "./envelope";
import { TransitEncryption } from "./transit-encryption";

type Source = Readonly<Record<string, string | undefined>>;

/**
 * The encryption that the function was deployed with: by KMS where `ENCRYPTION_KEY_ARN` is set, by Vault where `VAULT_ADDR` is, and
 * not for database logins alone, none where neither is. Call it at module scope. @throws EnvironmentError for half of a configuration, or two of them
 */
export function encryptionFromEnvironment(source: Source = process.env): Encryption | undefined {
  const { ENCRYPTION_KEY_ARN: keyArn, VAULT_DATABASE_MOUNT, VAULT_TRANSIT_MOUNT, VAULT_KEY } = source;
  // Where Vault makes database logins it may be there for them alone.
  const vault = VAULT_DATABASE_MOUNT ? VAULT_TRANSIT_MOUNT || VAULT_KEY : source.VAULT_ADDR;
  if (keyArn && vault) throw new EnvironmentError(["ENCRYPTION_KEY_ARN and VAULT_ADDR are both set, it must be one"]);
  if (keyArn) return withKms(source);
  return vault ? withVault(source) : undefined;
}

function withKms(source: Source): Encryption {
  const { ENCRYPTION_KEY_ARN, ENCRYPTION_SERVICE: service } = readEnvironment(
    { ENCRYPTION_KEY_ARN: string(), ENCRYPTION_SERVICE: string() },
    source,
  );
  const envelope = new Envelope({ keyArn: ENCRYPTION_KEY_ARN });
  return {
    // The function's role may use the key for the messages of this service only.
    encrypt: (plaintext, context) => envelope.encrypt(plaintext, { ...context, service }),
    decrypt: (message, context) => envelope.decrypt(message, { ...context, service }),
  };
}

function withVault(source: Source): Encryption {
  const environment = readEnvironment(
    { ...vaultVariables, VAULT_TRANSIT_MOUNT: string(), VAULT_KEY: string() },
    source,
  );
  const vault = vaultClient(environment);
  return new TransitEncryption(
    new Transit({ vault, mount: environment.VAULT_TRANSIT_MOUNT, key: environment.VAULT_KEY }),
  );
}
