import { fixed, type RecoveryRow } from "./recovery-row";

/** The inputs to the recovery of a Vault that functions encrypt or log in with. */
export interface VaultAddress {
  /** Address of Vault, the same for the functions of all regions. */
  readonly address: string;
  /** How long Vault did not answer in the last drill of a loss of the home region, in seconds. */
  readonly failoverSeconds?: number;
}

/**
 * The recovery of a Vault. It has one address for all regions and is run by others, so without a measurement nothing can be
 * said but that it is assumed to outlive the home region.
 */
export function vaultRecovery({ address, failoverSeconds }: VaultAddress): RecoveryRow {
  return {
    path: "vault",
    subject: new URL(address).host,
    recoveryTimeSeconds: failoverSeconds ?? 0,
    recoveryPointSeconds: 0,
    from: ["keyManagement.failoverSeconds"],
    recoveryTime: fixed(
      failoverSeconds === undefined
        ? "assumed to outlive the home region, until keyManagement.failoverSeconds says how long it was away in a drill"
        : `keyManagement.failoverSeconds ${failoverSeconds}`,
    ),
    recoveryPoint: fixed("keys and logins hold no data of the service"),
    documentation: "https://developer.hashicorp.com/vault/docs/enterprise/replication",
  };
}
