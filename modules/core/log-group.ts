import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { acceptFinding } from "./accepted-findings";

export interface LogGroupProps {
  /** That of its region. */
  readonly provider: TerraformProvider;
  /** Its name in CloudWatch Logs, `/aws/lambda/prod-orders`. */
  readonly name: string;
  /** Days until log events expire. */
  readonly retentionDays: number;
  /** The key of its region; CloudWatch Logs encrypts it with a key of its own without one. */
  readonly keyArn?: string;
}

/** How long a log group has to be kept for the check of Checkov. */
const yearDays = 365;

/** A log group of the standard class, with the reason for a scan if it is kept for less than a year. */
export class LogGroup extends CloudwatchLogGroup {
  constructor(scope: Construct, id: string, { provider, name, retentionDays, keyArn }: LogGroupProps) {
    super(scope, id, {
      provider,
      name,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
      logGroupClass: "STANDARD",
    });
    if (retentionDays >= yearDays) return;
    acceptFinding(
      this,
      "CKV_AWS_338",
      `Kept for ${retentionDays} days, as the configuration says; minimumRetentionDays of an organisation can ask for more.`,
    );
  }
}
