import type { TerraformResource } from "cdktf";
import { acceptFinding } from "./accepted-findings";

/** How long a log group has to be kept for the check of Checkov. */
const yearDays = 365;

/** Says that a log group is kept for less than a year on purpose, if it is. */
export function acceptShortRetention(logGroup: TerraformResource, days: number): void {
  if (days >= yearDays) return;
  acceptFinding(
    logGroup,
    "CKV_AWS_338",
    `Kept for ${days} days, as the configuration says; minimumRetentionDays of an organisation can ask for more.`,
  );
}
