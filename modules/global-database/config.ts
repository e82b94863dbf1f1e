import { z } from "zod";
import { logRetentionDays, type Report, withRule } from "../core";
import { databaseCapacity } from "./capacity";
import { parametersOfToolkit } from "./cluster-parameters";
import { backupWindowProblem, maintenanceWindowProblem, windowsOverlap } from "./windows";

const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "is no name; use up to 63 lower-case letters, digits and underscores, a letter first",
  );

const window = (problem: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message) context.addIssue({ code: "custom", message });
  });

const performanceInsightsDays = [7, ...Array.from({ length: 23 }, (_, at) => (at + 1) * 31), 731];

const fields = z.strictObject({
  engineVersion: z
    .string()
    .regex(/^1[3-9]\.\d{1,2}$/, "is no version of Aurora PostgreSQL; write major and minor, 16.6")
    .describe("Version of Aurora PostgreSQL. Raising it upgrades all regions through the global cluster."),
  databaseName: identifier.describe("The first database; never changes."),
  masterUsername: identifier
    .default("dbadmin")
    .describe("Owner of everything, for administration only; never changes. Services connect as users of their own."),
  masterPasswordVersion: z
    .int()
    .min(1)
    .default(1)
    .describe("Raise it to have Terraform make and set a new master password."),
  port: z.int().min(1150).max(65535).default(5432).describe("The same as that of the networks; never changes."),
  capacity: databaseCapacity,
  instances: z
    .strictObject({
      home: z.int().min(1).max(16).default(2).describe("Instances in the home region: a writer, the others readers."),
      standby: z
        .int()
        .min(1)
        .max(16)
        .default(1)
        .describe("Instances in each standby region; the second one makes it highly available after a failover."),
    })
    .prefault({}),
  backupRetentionDays: z
    .int()
    .min(1)
    .max(35)
    .default(35)
    .describe("Days that automatic backups are kept: how far back point-in-time recovery reaches."),
  preferredBackupWindow: window(backupWindowProblem)
    .default("02:00-03:00")
    .describe("Daily, in UTC, hh:mm-hh:mm, at least 30 minutes."),
  preferredMaintenanceWindow: window(maintenanceWindowProblem)
    .default("sun:04:00-sun:05:00")
    .describe("Weekly, in UTC, ddd:hh:mm-ddd:hh:mm, at least 30 minutes, apart from the backup."),
  applyImmediately: z
    .boolean()
    .default(false)
    .describe("Makes changes that interrupt the service at once instead of in the maintenance window."),
  deletionProtection: z.boolean().default(true).describe("Turned off in a deployment of its own before deleting."),
  skipFinalSnapshot: z
    .boolean()
    .default(false)
    .describe("Deletes without a last snapshot; for throw-away environments."),
  performanceInsightsRetentionDays: z
    .int()
    .refine(
      (days) => performanceInsightsDays.includes(days),
      "is no retention period; use 7, a multiple of 31 up to 713, or 731",
    )
    .default(7)
    .describe("Days of Performance Insights history; 7 are free."),
  monitoringIntervalSeconds: z
    .union(([1, 5, 10, 15, 30, 60] as const).map((seconds) => z.literal(seconds)))
    .default(60)
    .describe("Seconds between samples of the operating system (enhanced monitoring)."),
  logRetentionDays: logRetentionDays.default(30),
  statementTimeoutMilliseconds: z
    .int()
    .min(100)
    .default(30_000)
    .describe("Longest statement that the server allows; functions give up earlier."),
  idleInTransactionTimeoutMilliseconds: z
    .int()
    .min(1000)
    .default(60_000)
    .describe("Longest pause inside a transaction, after which the server ends the session and frees its locks."),
  logStatementsFromMilliseconds: z
    .int()
    .min(-1)
    .default(1000)
    .describe("Duration from which statements are logged, with their text; -1 for none."),
  maxRecoveryPointSeconds: z
    .int()
    .min(20)
    .optional()
    .describe(
      "Most data, in seconds of commits, that an unplanned failover may lose: the primary holds commits back while every standby lags more.",
    ),
  writeForwarding: z
    .boolean()
    .default(false)
    .describe("Standby regions take writes and pass them on to the primary; costs connections there."),
  parameters: z
    .record(z.string(), z.string())
    .default({})
    .describe("Further parameters of the clusters, applied with the next restart where they need one."),
  alarms: z
    .strictObject({
      cpuPercent: z.number().min(1).max(100).default(85).describe("Busiest instance, in percent."),
      capacityPercent: z
        .number()
        .min(1)
        .max(100)
        .default(90)
        .describe("Capacity units in use, in percent of the most."),
      freeableMemoryMebibytes: z.int().min(1).default(1024).describe("Least free memory of a provisioned instance."),
      connectionsPercent: z
        .number()
        .min(1)
        .max(100)
        .default(80)
        .describe("Connections, in percent of max_connections."),
      replicationLagMilliseconds: z
        .int()
        .min(100)
        .default(5000)
        .describe("Lag of a standby region behind the primary."),
      deadlocksPerSecond: z.number().min(0).default(0).describe("Average rate that is still accepted."),
      storageGibibytes: z.int().min(1).default(1024).describe("Storage in use from which somebody should know."),
      transactionIds: z
        .int()
        .max(2_000_000_000)
        .default(1_000_000_000)
        .describe("Age of the oldest unfrozen transaction; at 2,147,483,648 PostgreSQL stops taking writes."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/**
 * An Aurora PostgreSQL global database, in literal values; that it is global, encrypted and reached by TLS is not optional.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export const globalDatabaseConfig = withRule(fields, (config, report) => {
  checkNames(config, report);
  checkCapacity(config, report);
  if (windowsOverlap(config.preferredBackupWindow, config.preferredMaintenanceWindow)) {
    report(["preferredMaintenanceWindow"], `runs into the backup at ${config.preferredBackupWindow}; move one of them`);
  }
  for (const name of Object.keys(config.parameters).filter((name) => name in parametersOfToolkit)) {
    report(["parameters", name], `is set by the toolkit; ${parametersOfToolkit[name]}`);
  }
  if (config.writeForwarding && !forwardsWrites(config.engineVersion)) {
    report(
      ["writeForwarding"],
      `needs Aurora PostgreSQL 14.9, 15.4, 16.1 or newer, not ${config.engineVersion}; upgrade, or turn it off`,
    );
  }
});

export type GlobalDatabaseConfig = z.output<typeof globalDatabaseConfig>;
export type GlobalDatabaseInput = z.input<typeof globalDatabaseConfig>;

const reservedNames = ["admin", "postgres", "rdsadmin", "rdsproxyadmin", "template0", "template1"];

function checkNames({ databaseName, masterUsername }: z.output<typeof fields>, report: Report): void {
  for (const [field, name] of Object.entries({ databaseName, masterUsername })) {
    if (reservedNames.includes(name) || /^(pg|rds)_/.test(name)) {
      report([field], "is reserved by Aurora PostgreSQL; choose another name");
    }
  }
}

function checkCapacity({ capacity }: z.output<typeof fields>, report: Report): void {
  if (capacity.type === "serverless" && capacity.minCapacity > capacity.maxCapacity) {
    report(["capacity", "minCapacity"], `is above maxCapacity, ${capacity.maxCapacity}; use at most that`);
  }
}

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-apg.html */
function forwardsWrites(engineVersion: string): boolean {
  const [major = 0, minor = 0] = engineVersion.split(".").map(Number);
  const firstMinor: Readonly<Record<number, number>> = { 13: Number.POSITIVE_INFINITY, 14: 9, 15: 4, 16: 1 };
  return minor >= (firstMinor[major] ?? 0);
}
