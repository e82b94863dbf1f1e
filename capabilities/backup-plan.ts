import { z } from "zod";
import { defineCapability, reservedServiceName } from "../contract";
import { Backups, type BackupsConfig, backupsConfig } from "../modules/backups";
import { longestWaitMinutes, parseArn } from "../values/languages";

const backup = z
  .boolean()
  .default(true)
  .describe("Whether it is backed up by the plan of the environment, from the stage that brings it.");

const minutesPerHour = 60;

/** Backups of tables and databases by AWS Backup, besides what DynamoDB and Aurora keep themselves. */
export const backupPlan = defineCapability({
  name: "backupPlan",
  brings: "a plan of AWS Backup for tables and databases, with vaults that nobody deletes from",
  fields: {
    environment: {
      backups: backupsConfig
        .safeExtend({
          recoveryPointHours: z
            .int()
            .min(1)
            .max(8760)
            .optional()
            .describe(
              "Recovery point objective of what is restored from a backup, in hours: checked against the schedules. DynamoDB and Aurora go back to any second of the last days by themselves, in the same region.",
            ),
        })
        .prefault({})
        .describe("When tables and databases are backed up, where to and for how long, from the stage that brings it."),
    },
    table: { backup },
    database: { backup },
  },
  rules: [
    reservedServiceName("backups", "the backups"),
    {
      id: "copies-go-to-a-standby-region",
      statement: "Backups are copied into a standby region of the environment.",
      check({ backups: { copyTo }, regions }, report) {
        if (copyTo === undefined || regions.standby.includes(copyTo)) return;
        report(
          ["backups", "copyTo"],
          `is no standby region of the environment, which has ${regions.standby.join(", ") || "none"}; use one, or remove it`,
        );
      },
    },
    {
      id: "backups-meet-their-objective",
      statement: "The schedules of backups can meet the recovery point objective that is stated for them.",
      check({ backups: { rules, recoveryPointHours } }, report) {
        if (recoveryPointHours === undefined) return;
        const most = Math.min(
          ...rules.map(({ schedule, startWindowMinutes }) => longestWaitMinutes(schedule) + startWindowMinutes),
        );
        if (most <= recoveryPointHours * minutesPerHour) return;
        const what = Number.isFinite(most)
          ? `up to ${Math.ceil(most / minutesPerHour)} hours pass from one backup to the start of the next`
          : "no schedule goes on for ever";
        report(
          ["backups", "recoveryPointHours"],
          `cannot be met, as ${what}; let a rule run more often, shorten startWindowMinutes, or state more hours`,
        );
      },
    },
    {
      id: "clusters-keep-their-own-retention",
      statement:
        "Continuous backups are off where databases have a retention of their own, which they would take over.",
      check({ backups: { rules }, databases }, report) {
        rules.forEach(({ continuous }, index) => {
          if (!continuous) return;
          report(
            ["backups", "rules", index, "continuous"],
            databases.some((database) => database.backup)
              ? "would let AWS Backup change the clusters' retention, which the next deployment changes back; use cluster.backupRetentionDays, which goes back to any second too"
              : "has no effect, as tables go back to any second by themselves; remove it",
          );
        });
      },
    },
    {
      id: "existing-keys-of-backups-are-in-every-region",
      statement: "Where the key of backups is there already, there is one in each region that has a vault.",
      check({ backups: { key, copyTo }, regions }, report) {
        if (!key.existing) return;
        const at = ["backups", "key", "existing"];
        for (const region of [regions.home, ...(copyTo === undefined ? [] : [copyTo])]) {
          if (region in key.existing) continue;
          report([...at, region], `is required, as there is a vault in ${region}; add the ARN of a key there`);
        }
        for (const [region, arn] of Object.entries(key.existing)) {
          const found = parseArn(arn)?.region;
          if (found === undefined || found === region) continue;
          report([...at, region], `is a key in ${found}; use one in ${region}`);
        }
      },
    },
    {
      id: "disposable-backups-have-no-lock",
      statement: "A disposable environment has no vaults that nobody can delete.",
      check({ backups: { lock }, disposable }, report) {
        if (!disposable || lock?.mode !== "compliance") return;
        report(["backups", "lock", "mode"], "cannot be undone, but the environment is disposable; use mode governance");
      },
    },
  ],
  regions: ({ backups: { copyTo }, ...environment }) =>
    copyTo !== undefined && holdsData(environment) ? [copyTo] : [],
  builds: {
    environment(scope, { config, deployment, tables, databases, dataKey, alarmTarget }) {
      if (!holdsData(config)) return;
      const { environment, homeRegion: region, account } = deployment;
      const { recoveryPointHours: _, ...settings } = config.backups;
      new Backups(scope, "backups", {
        config: settings satisfies BackupsConfig,
        name: `${environment}-backups`,
        region,
        account,
        tableArns: chosen(config.tables, tables).map((table) => table.arnIn(region)),
        clusterArns: chosen(config.databases, databases).map((database) => database.clusterArnIn(region)),
        dataKey,
        alarms: alarmTarget,
        disposable: config.disposable,
      });
    },
  },
});

/** Whether there is anything to back up, left out or not: what has backups keeps its vaults. */
const holdsData = ({
  tables,
  databases,
}: {
  readonly tables: readonly unknown[];
  readonly databases: readonly unknown[];
}) => tables.length + databases.length > 0;

/** What was built of the parts that are not left out. */
function chosen<T>(
  parts: readonly { readonly name: string; readonly backup: boolean }[],
  built: ReadonlyMap<string, T>,
): readonly T[] {
  return parts.filter(({ backup }) => backup).flatMap(({ name }) => built.get(name) ?? []);
}
