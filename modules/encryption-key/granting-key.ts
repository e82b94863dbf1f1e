import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, dnsSuffixOf, type Grantee, type KeyUse, type RegionalKey } from "../core";
import { contextService, decryptActions, encryptDecryptActions, useActionsFor } from "./key-policy";
import { type KeyUser, usersThat } from "./key-users";

/** A KMS key of an environment, of the toolkit's or there before, which grants its use. */
export abstract class GrantingKey extends Construct implements RegionalKey {
  /** The regions that have the key, home first. */
  abstract readonly regions: readonly string[];
  protected abstract readonly users: readonly KeyUser[];
  /** Whether functions may encrypt and decrypt with the key directly. */
  protected abstract readonly directUse: boolean;

  abstract arnIn(region: string): string;

  /** Adds alerts on risky changes to the key. This is a method, not a prop, because the topics are encrypted with the key. */
  abstract addAlarms(target: AlarmTarget): void;

  grantUse(grantee: Grantee, viaService: string, use?: KeyUse): void {
    if (!usersThat(this.users, "onBehalfOfCallers").some((user) => user === viaService)) {
      throw new ConstructError(
        this,
        `the key policy does not allow ${viaService} to use the key, so a grant to its callers would have no effect`,
        `add "${viaService}" to the key's users`,
      );
    }
    grantee.addToRolePolicy({
      actions: useActionsFor(use),
      resources: [this.arnIn(grantee.region)],
      conditions: {
        StringEquals: { "kms:ViaService": `${viaService}.${grantee.region}.${dnsSuffixOf(grantee.region)}` },
      },
    });
  }

  /**
   * Allows a function to encrypt and decrypt directly with the key in its own region: only data keys, and only messages
   * whose encryption context names the service.
   */
  grantEncryptDecrypt(grantee: Grantee, service: string): void {
    this.grantDirectUse(grantee, service, encryptDecryptActions);
  }

  /** Allows a function to decrypt what a service encrypted in any region, with the key in its own region. */
  grantDecrypt(grantee: Grantee, service: string): void {
    this.grantDirectUse(grantee, service, decryptActions);
  }

  private grantDirectUse(grantee: Grantee, service: string, actions: readonly string[]): void {
    if (!this.directUse) {
      throw new ConstructError(
        this,
        "the key policy only allows use through services, so a direct grant to a function would have no effect",
        "set directUse",
      );
    }
    grantee.addToRolePolicy({
      actions,
      resources: [this.arnIn(grantee.region)],
      conditions: { StringEquals: { [`kms:EncryptionContext:${contextService}`]: service } },
    });
  }
}
