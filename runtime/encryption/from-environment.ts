import { EnvironmentError, readEnvironment, string } from "../environment/environment.js";
import { vaultClient, vaultVariables } from "../vault/from-environment.js";
import { Transit } from "../vault/transit.js";
import type { Encryption } from "./encryption.js";
import { Envelope } from "./envelope.js";
import { isEnvelope } from "./message-format.js";
import { TransitEncryption } from "./transit-encryption.js";

type Source = Readonly<Record<string, string | undefined>>;

/**
 * The encryption that the function was deployed with: by KMS where `ENCRYPTION_KEY_ARN` is set, by Vault where `VAULT_ADDR` is, and
 * not for database logins alone, none where neither is. With Vault it also decrypts what KMS encrypted where `DECRYPTION_KEY_ARN`
 * is set. Call it at module scope. @throws EnvironmentError for half of a configuration, or two of them
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
  const { ENCRYPTION_KEY_ARN } = readEnvironment({ ENCRYPTION_KEY_ARN: string() }, source);
  return ofService(ENCRYPTION_KEY_ARN, source);
}

function ofService(keyArn: string, source: Source): Encryption {
  const { ENCRYPTION_SERVICE: service } = readEnvironment({ ENCRYPTION_SERVICE: string() }, source);
  const envelope = new Envelope({ keyArn });
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
  const transit = new TransitEncryption(
    new Transit({ vault, mount: environment.VAULT_TRANSIT_MOUNT, key: environment.VAULT_KEY }),
  );
  const { DECRYPTION_KEY_ARN: formerKeyArn } = source;
  if (!formerKeyArn) return transit;
  const before = ofService(formerKeyArn, source);
  return {
    encrypt: (plaintext, context) => transit.encrypt(plaintext, context),
    decrypt: (message, context) => (isEnvelope(message) ? before : transit).decrypt(message, context),
  };
}
