import { BackupPlan, type BackupPlanRule } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupRegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../core";
import { EncryptionKey, ExistingKey, type GrantingKey } from "../encryption-key";
import { BackupAlarms } from "./backup-alarms";
import { BackupRole } from "./backup-role";
import { BackupVault } from "./backup-vault";
import { type BackupRule, type BackupsConfig, type BackupsInput, backupsConfig } from "./config";

export interface BackupsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: BackupsInput;
  /** Name of the vaults and the plan, `<environment>-backups`; cannot change. */
  readonly name: string;
  /** The region of what is backed up. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The tables, in this region. */
  readonly tableArns?: readonly string[];
  /** The database clusters, in this region. */
  readonly clusterArns?: readonly string[];
  /** Encrypts the tables and clusters; its users include `dynamodb` and `rds`, as far as there are some. */
  readonly dataKey: RegionalKey;
  /** Where failures are reported; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Whether the vaults may be deleted with the backups in them. */
  readonly disposable?: boolean;
}

/** Most resources of one selection. */
const mostResources = 500;

/**
 * Backups by AWS Backup: a vault in the region and one for copies, a plan, and what it backs up.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html
 */
export class Backups extends Construct {
  /** The vault of the region. */
  readonly vaultArn: string;
  /** The vault of the copies, in the region `copyTo`. */
  readonly copyVaultArn?: string;

  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const { region, account, tableArns = [], clusterArns = [], dataKey, alarms, disposable = false } = props;
    const config = parseConfig(backupsConfig, props.config, this.node.path);
    const { copyTo } = config;
    this.check(config, props);
    const name = resourceName(this, [props.name], 50);
    const key = this.key(name, config, props);
    const regions = copyTo === undefined ? [region] : [region, copyTo];
    if (config.optIn) for (const where of regions) this.optIn(where);
    const vaultIn = (where: string) =>
      new BackupVault(this, where, { config, name, region: where, keyArn: key.arnIn(where), disposable });
    const vault = vaultIn(region);
    const copies = copyTo === undefined ? undefined : vaultIn(copyTo);
    this.vaultArn = vault.arn;
    this.copyVaultArn = copies?.arn;
    if (tableArns.length + clusterArns.length === 0) return;

    const provider = deploymentStackOf(this).providers.in(region);
    const plan = new BackupPlan(this, "plan", {
      provider,
      name,
      rule: config.rules.map((rule) => planRule(rule, vault.vaultName, copies?.arn)),
      dependsOn: [...vault.protection, ...(copies?.protection ?? [])],
    });
    const role = new BackupRole(this, "role", {
      name,
      account,
      region,
      copyTo,
      vaultArn: vault.arn,
      copyVaultArn: copies?.arn,
      tableArns,
      clusterArns,
      dataKey,
      key,
    });
    for (const [what, resources] of Object.entries({ tables: tableArns, clusters: clusterArns })) {
      if (resources.length === 0) continue;
      new BackupSelection(this, what, {
        provider,
        name: what,
        planId: plan.id,
        iamRoleArn: role.roleArn,
        resources: [...resources],
        // A backup that starts without the permissions fails.
        dependsOn: [role.policy],
      });
    }
    if (!alarms) return;
    const { rules } = config;
    const of = { name, region, vaultName: vault.vaultName, vaultArn: vault.arn, rules, target: alarms };
    new BackupAlarms(this, "alarms", of);
  }

  private key(name: string, { key, copyTo }: BackupsConfig, { region, account, alarms }: BackupsProps): GrantingKey {
    const { existing, ...config } = key;
    const users = ["backup", "rds"] as const;
    if (existing) return new ExistingKey(this, "key", { arns: existing, users });
    const replicas = copyTo === undefined ? [] : [copyTo];
    const made = new EncryptionKey(this, "key", { config, name, account, home: region, replicas, users });
    // There may be no topic in the region of the copies.
    if (alarms) made.addAlarms(alarms, [region]);
    return made;
  }

  /**
   * The settings are the account's, so they are written once and then left alone: others may change them, and AWS adds types.
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html
   */
  private optIn(region: string): void {
    new BackupRegionSettings(this, `settings-${region}`, {
      provider: deploymentStackOf(this).providers.in(region),
      resourceTypeOptInPreference: { Aurora: true, DynamoDB: true },
      resourceTypeManagementPreference: { DynamoDB: true },
      lifecycle: { ignoreChanges: "all" },
    });
  }

  private check({ copyTo, lock }: BackupsConfig, { region, disposable, tableArns, clusterArns }: BackupsProps): void {
    if (copyTo === region) {
      throw new ConstructError(this, `copyTo is ${region}, where the backups are`, "name another region, or remove it");
    }
    if (disposable && lock?.mode === "compliance") {
      throw new ConstructError(this, "is disposable, but its lock cannot be undone", "remove one of them");
    }
    const most = Math.max(tableArns?.length ?? 0, clusterArns?.length ?? 0);
    if (most <= mostResources) return;
    throw new ConstructError(
      this,
      `${most} resources of one kind are passed, but a selection takes ${mostResources}`,
      "use several of this module",
    );
  }
}

function planRule(rule: BackupRule, targetVaultName: string, copyVaultArn: string | undefined): BackupPlanRule {
  const lifecycle = (deleteAfter: number) => ({ deleteAfter, coldStorageAfter: rule.coldStorageAfterDays });
  return {
    ruleName: rule.name,
    targetVaultName,
    schedule: rule.schedule,
    scheduleExpressionTimezone: rule.timezone,
    startWindow: rule.startWindowMinutes,
    completionWindow: rule.completionWindowMinutes,
    enableContinuousBackup: rule.continuous,
    lifecycle: lifecycle(rule.deleteAfterDays),
    copyAction:
      copyVaultArn !== undefined && rule.copied
        ? [
            {
              destinationVaultArn: copyVaultArn,
              // Without one, copies would be kept for ever.
              lifecycle: lifecycle(rule.copyDeleteAfterDays ?? rule.deleteAfterDays),
            },
          ]
        : undefined,
  };
}
