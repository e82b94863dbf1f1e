import { coldStorage } from "../rules/backup";
import type { Family, OwnLimits } from "./type-values";

const plan = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html";
const lifecycle = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html";
const lock = "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html";

const vaultName: OwnLimits = {
  pattern: "^[a-zA-Z0-9_-]{2,50}$",
  says: "is not a valid name of a backup vault; use 2 to 50 letters, digits, hyphens and underscores",
  see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html",
};
const days = (see: string, min = 1): OwnLimits => ({ min, max: 36_500, see });

/** Values of AWS Backup. */
export const backup: Family = {
  aws_backup_plan: {
    api: ["backup.CreateBackupPlan.BackupPlan"],
    members: {
      name: "BackupPlanName",
      rule: "Rules",
      "rule.completion_window": "CompletionWindowMinutes",
      "rule.copy_action": "CopyActions",
      "rule.copy_action.destination_vault_arn": "DestinationBackupVaultArn",
      "rule.copy_action.lifecycle.cold_storage_after": "MoveToColdStorageAfterDays",
      "rule.copy_action.lifecycle.delete_after": "DeleteAfterDays",
      "rule.lifecycle.cold_storage_after": "MoveToColdStorageAfterDays",
      "rule.lifecycle.delete_after": "DeleteAfterDays",
      "rule.schedule": "ScheduleExpression",
      "rule.schedule_expression_timezone": "ScheduleExpressionTimezone",
      "rule.start_window": "StartWindowMinutes",
      "rule.target_vault_name": "TargetBackupVaultName",
    },
    own: {
      name: {
        pattern: "^[a-zA-Z0-9_.-]{1,50}$",
        says: "is not a valid name of a backup plan; use 1 to 50 letters, digits and -_.",
        see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html",
      },
      "rule.start_window": { min: 60, max: 52_560_000, see: plan },
      "rule.completion_window": { min: 60, max: 52_560_000, see: plan },
      "rule.lifecycle.delete_after": days(lifecycle),
      "rule.lifecycle.cold_storage_after": days(lifecycle),
      "rule.copy_action.lifecycle.delete_after": days(lifecycle),
      "rule.copy_action.lifecycle.cold_storage_after": days(lifecycle),
    },
    rules: [coldStorage],
  },
  aws_backup_region_settings: {
    api: ["backup.UpdateRegionSettings"],
    own: {
      "resource_type_opt_in_preference.{}": {
        minLength: 1,
        maxLength: 50,
        see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html",
      },
    },
  },
  aws_backup_selection: {
    api: ["backup.CreateBackupSelection.BackupSelection"],
    members: { name: "SelectionName" },
    own: {
      "resources.*": {
        pattern: "^(\\*|arn:.*)$",
        says: "is not an ARN; write arn:…",
        see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html",
      },
      resources: {
        maxItems: 500,
        see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html",
      },
    },
  },
  aws_backup_vault: {
    api: ["backup.CreateBackupVault"],
    cfn: "AWS::Backup::BackupVault",
    members: { name: "BackupVaultName" },
    own: { name: vaultName },
  },
  aws_backup_vault_lock_configuration: {
    api: ["backup.PutBackupVaultLockConfiguration"],
    own: {
      backup_vault_name: vaultName,
      changeable_for_days: days(lock, 3),
      max_retention_days: days(lock),
      min_retention_days: days(lock),
    },
  },
  aws_backup_vault_policy: {
    api: ["backup.PutBackupVaultAccessPolicy"],
    own: { backup_vault_name: vaultName },
  },
};
