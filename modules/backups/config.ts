import { z } from "zod";
import { backupSchedule, timeZone } from "../../values/languages";
import { checkedText, type Report, region, strictObject, withRule } from "../core";
import { encryptionKeyConfig, existingKeys } from "../encryption-key";

export type * from "./input";

/** The longest that AWS Backup keeps anything, a hundred years. */
const longestDays = 36_500;
/** Cold storage is billed for at least so long. */
const leastColdDays = 90;
/** The longest that a continuous backup goes back. */
const longestContinuousDays = 35;

const days = (most = longestDays) => z.int().min(1).max(most);

const backupRule = strictObject(() => ({
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not in kebab-case; use lower-case letters, digits and single hyphens")
    .max(50)
    .describe("Name of the rule, unique in the plan."),
  schedule: checkedText(backupSchedule).describe("When backups start, at most once an hour: cron(0 5 ? * * *)."),
  timezone: checkedText(timeZone).default("Etc/UTC").describe("IANA time zone of the schedule, such as Europe/Dublin."),
  startWindowMinutes: z
    .int()
    .min(60)
    .max(10_080)
    .default(60)
    .describe("Minutes within which a backup has to start; it is given up and reported otherwise."),
  completionWindowMinutes: z
    .int()
    .min(120)
    .max(52_560)
    .default(1440)
    .describe("Minutes within which a backup has to be complete, at least 60 more than startWindowMinutes."),
  deleteAfterDays: days().default(35).describe("Days after which a backup is deleted."),
  coldStorageAfterDays: days()
    .optional()
    .describe(
      "Days after which backups of tables move to cold storage, which is cheaper and takes hours to restore from. deleteAfterDays has to be 90 more. Backups of clusters stay where they are.",
    ),
  continuous: z
    .boolean()
    .default(false)
    .describe(
      "Whether clusters can be restored to any second of deleteAfterDays, at most 35. AWS Backup then sets the cluster's own retention and window.",
    ),
  copied: z.boolean().default(true).describe("Whether backups are copied into the region copyTo, if there is one."),
  copyDeleteAfterDays: days().optional().describe("Days after which copies are deleted; deleteAfterDays if left out."),
}));

export type BackupRule = z.output<typeof backupRule>;

const retention = {
  minRetentionDays: days()
    .optional()
    .describe("Least days that a backup is kept; a rule with fewer is refused, and by AWS as well."),
  maxRetentionDays: days().optional().describe("Most days that a backup is kept."),
};

const lock = z.discriminatedUnion("mode", [
  strictObject(() => ({
    mode: z.literal("governance").describe("Principals with the permission can still take the lock away."),
    ...retention,
  })),
  strictObject(() => ({
    mode: z
      .literal("compliance")
      .describe(
        "After changeableForDays nobody can take the lock away, AWS included; the vaults stay until they are empty.",
      ),
    ...retention,
    changeableForDays: z
      .int()
      .min(3)
      .max(longestDays)
      .describe("Days after the deployment within which the lock can still be changed or taken away."),
    cannotBeUndone: z
      .literal(
        true,
        "cannot be undone by anyone after changeableForDays; say cannotBeUndone: true, or use mode governance",
      )
      .describe("true, to say that this is meant."),
  })),
]);

const fields = strictObject(() => ({
  rules: z
    .array(backupRule)
    .min(1)
    .max(10)
    .prefault([{ name: "daily", schedule: "cron(0 5 ? * * *)" }])
    .describe("When backups are made, and how long they are kept; one a day for 35 days if left out."),
  copyTo: region.optional().describe("Another region, into which backups are copied; no copies if left out."),
  lock: lock
    .optional()
    .describe(
      "Lock of the vaults: while it is there, no backup is deleted before its time, and no rule may keep others for less.",
    ),
  deletionRoles: z
    .array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
          "is not the ARN of an IAM role; copy it from `aws iam get-role`",
        ),
    )
    .default([])
    .describe(
      "Roles that may delete backups before their time, as long as the vaults have no lock; nobody if left out.",
    ),
  optIn: z
    .boolean()
    .default(false)
    .describe(
      "Whether the account is opted into backups of tables and clusters in these regions, once. Accounts that made their first vault before November 2021 need it for copies and cold storage of tables; in one environment of the account.",
    ),
  key: encryptionKeyConfig
    .extend({
      existing: existingKeys
        .optional()
        .describe(
          "Keys that are there already, by region, in place of one that is made; the other fields then have no effect. Their policies must allow backup and rds.",
        ),
    })
    .prefault({ description: "Backups" })
    .describe("Key of the vaults, apart from those of what is backed up: whoever loses these still has the backups."),
}));

/**
 * How data is backed up, as literal values.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html
 */
export const backupsConfig = withRule(fields, (config, report) => {
  config.rules.forEach((rule, index) => {
    checkRule(rule, config.lock, (path, message) => report(["rules", index, ...path], message));
    if (config.rules.findIndex(({ name }) => name === rule.name) < index) {
      report(["rules", index, "name"], "is used twice; give each rule its own name");
    }
    if (config.copyTo === undefined && rule.copyDeleteAfterDays !== undefined) {
      report(["rules", index, "copyDeleteAfterDays"], "has no effect without copyTo; add copyTo, or remove it");
    }
  });
  checkLock(config.lock, report);
});

export type BackupsConfig = z.output<typeof fields>;
type Lock = BackupsConfig["lock"];

function checkRule(rule: BackupRule, lock: Lock, report: Report): void {
  const { deleteAfterDays, coldStorageAfterDays: cold, copyDeleteAfterDays, continuous } = rule;
  const least = rule.startWindowMinutes + 60;
  if (rule.completionWindowMinutes < least) {
    report(["completionWindowMinutes"], `leaves too little after startWindowMinutes; use at least ${least}`);
  }
  for (const [field, value] of Object.entries({ deleteAfterDays, copyDeleteAfterDays })) {
    if (value === undefined) continue;
    if (cold !== undefined && value < cold + leastColdDays) {
      report([field], `is less than ${leastColdDays} after coldStorageAfterDays; use at least ${cold + leastColdDays}`);
    }
    if (lock?.minRetentionDays !== undefined && value < lock.minRetentionDays) {
      report([field], `is less than the lock's minRetentionDays; use at least ${lock.minRetentionDays}`);
    }
    if (lock?.maxRetentionDays !== undefined && value > lock.maxRetentionDays) {
      report([field], `is more than the lock's maxRetentionDays; use at most ${lock.maxRetentionDays}`);
    }
  }
  if (!rule.copied && copyDeleteAfterDays !== undefined) {
    report(["copyDeleteAfterDays"], "has no effect, as copied is false; remove one of them");
  }
  if (!continuous) return;
  if (deleteAfterDays > longestContinuousDays) {
    report(["deleteAfterDays"], `is too long for a continuous backup; use at most ${longestContinuousDays}`);
  }
  if (cold !== undefined) {
    report(["coldStorageAfterDays"], "is not possible for a continuous backup; remove it, or use two rules");
  }
}

function checkLock(lock: Lock, report: Report): void {
  if (lock?.minRetentionDays === undefined || lock.maxRetentionDays === undefined) return;
  if (lock.maxRetentionDays >= lock.minRetentionDays) return;
  report(["lock", "maxRetentionDays"], `is less than minRetentionDays; use at least ${lock.minRetentionDays}`);
}
