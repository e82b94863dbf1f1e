import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { longestWaitMinutes } from "../../values/languages";
import { type AlarmTarget, deploymentStackOf, metricAlarm, resourceName } from "../core";
import type { BackupRule } from "./config";

export interface BackupAlarmsProps {
  /** The vault's name as it is, for texts. */
  readonly name: string;
  readonly region: string;
  readonly vaultName: string;
  readonly vaultArn: string;
  readonly rules: readonly BackupRule[];
  readonly target: AlarmTarget;
}

const day = 86_400;
/** CloudWatch looks back a week at most. */
const mostDays = 7;

/**
 * Reports backups and copies that fail, and none at all for longer than the rules allow. AWS Backup delivers its events on a
 * best-effort basis, so the metric is there as well.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eventbridge.html
 */
export class BackupAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BackupAlarmsProps,
  ) {
    super(scope, id);
    const { name, region, vaultArn } = props;
    this.addRule("backups", {
      description: `Backups into ${name} that fail.`,
      "detail-type": "Backup Job State Change",
      detail: { backupVaultArn: [vaultArn], state: ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] },
      text: `A backup into ${name} in ${region} is <state>: <resource>. The last backup before it is still there. Look at the job <job> in AWS Backup, mend what it says, and start a backup by hand.`,
      job: "$.detail.backupJobId",
    });
    this.addRule("copies", {
      description: `Copies of backups of ${name} that fail.`,
      "detail-type": "Copy Job State Change",
      detail: { sourceBackupVaultArn: [vaultArn], state: ["FAILED", "PARTIAL"] },
      text: `The copy of a backup from ${name} in ${region} is <state>: <resource>. The backup is there, but not in the other region. Look at the job <job> in AWS Backup, and start the copy by hand.`,
      job: "$.detail.copyJobId",
    });
    this.addMissing();
  }

  private addRule(
    id: string,
    rule: {
      readonly description: string;
      readonly "detail-type": string;
      readonly detail: object;
      readonly text: string;
      readonly job: string;
    },
  ): void {
    const { region, name: vault, target } = this.props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { name } = new CloudwatchEventRule(this, id, {
      provider,
      name: resourceName(this, [vault, "failed", id], 64),
      description: rule.description,
      eventPattern: JSON.stringify({
        source: ["aws.backup"],
        "detail-type": [rule["detail-type"]],
        detail: rule.detail,
      }),
    });
    new CloudwatchEventTarget(this, `${id}-topic`, {
      provider,
      rule: name,
      arn: target.topicArn(region),
      inputTransformer: {
        inputPaths: { state: "$.detail.state", resource: "$.detail.resourceArn", job: rule.job },
        inputTemplate: JSON.stringify(rule.text),
      },
    });
  }

  /** An alarm on whole days; none if even the most frequent rule waits for longer than CloudWatch looks back. */
  private addMissing(): void {
    const { region, name, vaultName, rules, target } = this.props;
    const waits = rules.map(({ schedule, startWindowMinutes }) => longestWaitMinutes(schedule) + startWindowMinutes);
    const days = Math.ceil((Math.min(...waits) * 60) / day);
    if (days > mostDays) return;
    metricAlarm(this, "missing", deploymentStackOf(this).providers, target, {
      region,
      alarmName: resourceName(this, [name, "missing"], 255),
      alarmDescription: `No backup was made into ${name} for ${days} ${days === 1 ? "day" : "days"}. Look at the jobs of the plan in AWS Backup, and start a backup by hand.`,
      namespace: "AWS/Backup",
      metricName: "NumberOfBackupJobsCompleted",
      dimensions: { BackupVaultName: vaultName },
      statistic: "Sum",
      period: day,
      evaluationPeriods: days,
      datapointsToAlarm: days,
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
    });
  }
}
