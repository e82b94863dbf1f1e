import { EnvironmentError, readEnvironment, string } from "../environment";
import { defaultProvider } from "../lambda-credentials";
import { loginWithAws } from "../vault/aws-login";
import { Transit } from "../vault/transit";
import { VaultClient } from "../vault/vault-client";
import type { Encryption } from "./encryption";
import { Envelope } from "./envelope";
import { TransitEncryption } from "./transit-encryption";

type Source = Readonly<Record<string, string | undefined>>;

/**
 * The encryption that the function was deployed with: by KMS where `ENCRYPTION_KEY_ARN` is set, by Vault where `VAULT_ADDR` is, none
 * where neither is. Call it at module scope. @throws EnvironmentError for half of a configuration, or two of them
 */
export function encryptionFromEnvironment(source: Source = process.env): Encryption | undefined {
  const { ENCRYPTION_KEY_ARN: keyArn, VAULT_ADDR: url } = source;
  if (keyArn && url) throw new EnvironmentError(["ENCRYPTION_KEY_ARN and VAULT_ADDR are both set, it must be one"]);
  if (keyArn) return withKms(source);
  return url ? withVault(source) : undefined;
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
    {
      AWS_REGION: string(),
      VAULT_ADDR: string(),
      VAULT_SERVER_ID: string(),
      VAULT_AUTH_MOUNT: string(),
      VAULT_ROLE: string(),
      VAULT_TRANSIT_MOUNT: string(),
      VAULT_KEY: string(),
    },
    source,
  );
  const address = { url: environment.VAULT_ADDR };
  const login = {
    role: environment.VAULT_ROLE,
    mount: environment.VAULT_AUTH_MOUNT,
    region: environment.AWS_REGION,
    credentials: defaultProvider(),
    serverId: environment.VAULT_SERVER_ID,
  };
  const vault = new VaultClient({ address, login: () => loginWithAws(address, login) });
  return new TransitEncryption(
    new Transit({ vault, mount: environment.VAULT_TRANSIT_MOUNT, key: environment.VAULT_KEY }),
  );
}
