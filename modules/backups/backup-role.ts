import type { Construct } from "constructs";
import {
  dnsSuffixOf,
  type Grantee,
  type PolicyStatement,
  partitionOf,
  type RegionalKey,
  ServiceRole,
  trustPolicy,
} from "../core";

export interface BackupRoleProps {
  readonly name: string;
  readonly account: string;
  /** The region of what is backed up. */
  readonly region: string;
  /** The region of the copies. */
  readonly copyTo?: string;
  readonly vaultArn: string;
  readonly copyVaultArn?: string;
  readonly tableArns: readonly string[];
  readonly clusterArns: readonly string[];
  /** Encrypts what is backed up. */
  readonly dataKey: RegionalKey;
  /** Encrypts the vaults. */
  readonly key: RegionalKey;
}

/**
 * The role that AWS Backup makes backups with: of these tables and clusters, into these vaults. It is the part of AWS's own policy
 * that they need; restoring takes another role.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
export class BackupRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: BackupRoleProps) {
    const { name, account, region, copyTo, dataKey, key } = props;
    super(scope, id, {
      region,
      // IAM is global: the region distinguishes environments of one name.
      nameParts: [name, region],
      trust: trustPolicy({ Service: "backup.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": account } }),
      policyName: "backups",
      statements: [...tableStatements(props), ...clusterStatements(props), ...vaultStatements(props)],
    });
    if (props.tableArns.length > 0) dataKey.grantUse(this, "dynamodb");
    key.grantUse(this, "backup");
    // Snapshots of clusters are encrypted with the cluster's key, and copies with that of the other vault.
    const clusters = props.clusterArns.length > 0;
    if (clusters) this.addGrants("rds", region, dataKey);
    this.addGrants("backup", region, key);
    if (copyTo === undefined) return;
    const there: Grantee = { region: copyTo, addToRolePolicy: (statement) => this.addToRolePolicy(statement) };
    key.grantUse(there, "backup");
    this.addGrants("backup", copyTo, key);
    if (!clusters) return;
    key.grantUse(there, "rds");
    this.addGrants("rds", copyTo, key);
  }

  /** Services keep grants for what they do in the background. */
  private addGrants(service: string, region: string, key: RegionalKey): void {
    this.addToRolePolicy({
      actions: ["kms:CreateGrant"],
      resources: [key.arnIn(region)],
      conditions: {
        StringEquals: { "kms:ViaService": `${service}.${region}.${dnsSuffixOf(region)}` },
        Bool: { "kms:GrantIsForAWSResource": "true" },
      },
    });
  }
}

function tableStatements({ tableArns }: BackupRoleProps): PolicyStatement[] {
  if (tableArns.length === 0) return [];
  return [
    {
      sid: "BackUpTables",
      actions: [
        "dynamodb:CreateBackup",
        "dynamodb:DescribeTable",
        "dynamodb:ListTagsOfResource",
        "dynamodb:StartAwsBackupJob",
      ],
      resources: tableArns,
    },
    {
      sid: "BackupsOfTables",
      actions: ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"],
      resources: tableArns.map((arn) => `${arn}/backup/*`),
    },
  ];
}

function clusterStatements({ clusterArns, account, region, copyTo }: BackupRoleProps): PolicyStatement[] {
  if (clusterArns.length === 0) return [];
  const snapshots = [region, ...(copyTo === undefined ? [] : [copyTo])].map(
    (where) => `arn:${partitionOf(where)}:rds:${where}:${account}:cluster-snapshot:awsbackup:*`,
  );
  return [
    {
      sid: "BackUpClusters",
      actions: [
        "rds:AddTagsToResource",
        "rds:CopyDBClusterSnapshot",
        "rds:CreateDBClusterSnapshot",
        "rds:DescribeDBClusterSnapshots",
        "rds:DescribeDBClusters",
        "rds:ListTagsForResource",
        // For continuous backups: their retention and window.
        "rds:ModifyDBCluster",
      ],
      resources: [...clusterArns, ...snapshots],
    },
    {
      sid: "SnapshotsOfClusters",
      actions: ["rds:DeleteDBClusterSnapshot", "rds:ModifyDBClusterSnapshotAttribute"],
      resources: snapshots,
    },
    {
      sid: "ContinuousBackupsOfClusters",
      actions: ["rds:DeleteDBClusterAutomatedBackup", "rds:DescribeDBClusterAutomatedBackups"],
      resources: [`arn:${partitionOf(region)}:rds:${region}:${account}:cluster-auto-backup:*`],
    },
  ];
}

function vaultStatements({ vaultArn, copyVaultArn, account, region, copyTo }: BackupRoleProps): PolicyStatement[] {
  const regions = [region, ...(copyTo === undefined ? [] : [copyTo])];
  return [
    {
      sid: "UseVaults",
      actions: ["backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:DescribeBackupVault"],
      resources: [vaultArn, ...(copyVaultArn === undefined ? [] : [copyVaultArn])],
    },
    {
      sid: "TagBackups",
      actions: ["backup:TagResource"],
      resources: regions.map((where) => `arn:${partitionOf(where)}:backup:${where}:${account}:recovery-point:*`),
    },
  ];
}
