import { BackupVault as AwsBackupVault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { deploymentStackOf, ofWhatItBelongsTo, type PolicyStatement, policyDocument } from "../core";
import type { BackupsConfig } from "./config";

export interface BackupVaultProps {
  readonly config: Pick<BackupsConfig, "lock" | "deletionRoles">;
  readonly name: string;
  readonly region: string;
  readonly keyArn: string;
  /** Whether its backups may go with it. */
  readonly disposable: boolean;
}

/** What takes backups away, or the protection of them. A lifecycle still deletes what is over its time. */
const deletion = [
  "backup:DeleteRecoveryPoint",
  "backup:DisassociateRecoveryPoint",
  "backup:UpdateRecoveryPointLifecycle",
];

/**
 * The vault of one region. Its policy denies everyone to delete backups, and its lock, if it has one, keeps AWS from it too.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html
 */
export class BackupVault extends Construct {
  readonly vaultName: string;
  readonly arn: string;
  /** What protects the vault, before the first backup comes. */
  readonly protection: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { config, name, region, keyArn, disposable }: BackupVaultProps) {
    super(scope, id);
    const provider = deploymentStackOf(this).providers.in(region);
    const vault = new AwsBackupVault(this, "vault", {
      provider,
      name,
      kmsKeyArn: keyArn,
      // AWS deletes no vault with backups in it. This deletes them first.
      forceDestroy: disposable,
      // Where it is so, deleting many takes long.
      timeouts: { delete: "1h" },
    });
    const backupVaultName = vault.name;
    const policy = new BackupVaultPolicy(this, "policy", {
      provider,
      backupVaultName,
      policy: policyDocument([denyDeletion(config.deletionRoles)]),
    });
    const { lock } = config;
    const locks = lock
      ? [
          new BackupVaultLockConfiguration(this, "lock", {
            provider,
            backupVaultName,
            minRetentionDays: lock.minRetentionDays,
            maxRetentionDays: lock.maxRetentionDays,
            changeableForDays: lock.mode === "compliance" ? lock.changeableForDays : undefined,
          }),
        ]
      : [];
    this.vaultName = vault.name;
    this.arn = vault.arn;
    this.protection = [policy, ...locks];
  }
}

function denyDeletion(roles: readonly string[]): PolicyStatement {
  return {
    sid: "KeepBackups",
    effect: "Deny",
    principals: "*",
    actions: deletion,
    resources: ["*"],
    wildcards: {
      resource: `${ofWhatItBelongsTo} Its backups have ARNs of the services that they are of.`,
      principal: "It denies everybody, the account's administrators included, to delete backups.",
    },
    ...(roles.length > 0 ? { conditions: { ArnNotEquals: { "aws:PrincipalArn": roles } } } : {}),
  };
}
