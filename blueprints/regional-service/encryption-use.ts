import type { IConstruct } from "constructs";
import { ConstructError, type Grantee } from "../../modules/core";
import type { RegionalServiceConfig } from "./config";
import type { PrincipalUse } from "./function-use";

/** The keys that services themselves encrypt with, by the service that the messages belong to. */
export interface ServiceEncryption {
  /** Variables that tell a function of a region its key; `reads` for one that only decrypts. */
  variables(service: string, region: string, reads: boolean): Readonly<Record<string, string>>;
  /** Lets a function use the key of its own region. */
  grant(grantee: Grantee, service: string, reads: boolean): void;
  /** Whether functions log in to where the keys are by identity tokens, which their code then has to ask for. */
  readonly identityTokens?: boolean;
}

export interface EncryptionUseProps {
  /** Name of the service within the environment. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** The keys that the service itself encrypts with. */
  readonly encryption?: ServiceEncryption;
}

/** The key that a service encrypts with, or the key of the service whose messages it reads. */
export function encryptionUse(
  scope: IConstruct,
  config: Pick<RegionalServiceConfig, "encryption">,
  { name, region, encryption: keys }: EncryptionUseProps,
): PrincipalUse[] {
  if (!config.encryption) return [];
  if (!keys) throw new ConstructError(scope, "encrypts, but the environment has no key for it", "pass encryption");
  const { readsOf } = config.encryption;
  const [service, reads] = [readsOf ?? name, readsOf !== undefined];
  return [
    {
      variables: keys.variables(service, region, reads),
      identityTokens: keys.identityTokens,
      connect: (target) => keys.grant(target, service, reads),
    },
  ];
}
