import { z } from "zod";
import {
  auroraEngines,
  capacityOfVersionProblem,
  classOfVersionProblem,
  engineOfVersion,
  engineVersionProblem,
} from "../../values/availability";
import { logRetentionDays, percentBelow100, type Report, region, strictObject, withRule } from "../core";
import { type DatabaseCapacity, databaseCapacity } from "./capacity";
import { engineOf } from "./engines";
import { checkMovedParameters, checkParameters } from "./parameter-rules";
import { checkThresholds } from "./thresholds";
import { backupWindowProblem, maintenanceWindowProblem, windowsOverlap } from "./windows";

export type * from "./input";

const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "is not a valid name; use up to 63 lower-case letters, digits and underscores, starting with a letter",
  );

const window = (problem: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message) context.addIssue({ code: "custom", message });
  });

const performanceInsightsDays = [7, ...Array.from({ length: 23 }, (_, at) => (at + 1) * 31), 731];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html */
const largestStorageGibibytes = 262_144;

const fields = strictObject(() => ({
  engine: z
    .enum(auroraEngines)
    .default("aurora-postgresql")
    .describe(
      "Aurora PostgreSQL, or Aurora MySQL. Cannot change: AWS makes a new database, without what the old one holds.",
    ),
  engineVersion: z
    .string()
    .regex(
      /^(1[3-9]\.\d{1,2}|8\.0\.mysql_aurora\.3\.\d{2}\.\d)$/,
      "is not a version of Aurora; write major and minor of Aurora PostgreSQL, such as 16.6, or all of Aurora MySQL, such as 8.0.mysql_aurora.3.08.2",
    )
    .superRefine((version, context) => {
      const message = engineVersionProblem(version);
      if (message) context.addIssue({ code: "custom", message });
    })
    .describe(
      "Version of Aurora PostgreSQL, such as 16.6, or of Aurora MySQL, such as 8.0.mysql_aurora.3.08.2. Raising it upgrades all regions through the global cluster.",
    ),
  databaseName: identifier.describe("Name of the first database. Cannot change."),
  masterUsername: identifier
    .default("dbadmin")
    .describe("Owner of everything, for administration only. Services connect as their own users. Cannot change."),
  masterPasswordVersion: z.int().min(1).default(1).describe("Raise it to generate and set a new master password."),
  port: z
    .int()
    .min(1150)
    .max(65535)
    .optional()
    .describe(
      "Must be the same port as that of the networks. Left out, 5432 of Aurora PostgreSQL, or 3306 of Aurora MySQL. Cannot change.",
    ),
  capacity: databaseCapacity.describe("Size of each instance, in all regions but those of `capacityIn`."),
  capacityIn: z
    .partialRecord(region, databaseCapacity)
    .default({})
    .describe(
      "Capacity of a region that has another one. After a failover, that of a standby region serves all traffic.",
    ),
  instances: strictObject(() => ({
    home: z
      .int()
      .min(1)
      .max(16)
      .default(2)
      .describe("Instances in the home region: one writer, the others are readers."),
    standby: z
      .int()
      .min(1)
      .max(16)
      .default(1)
      .describe("Instances in each standby region. With two, it is highly available after a failover."),
  }))
    .prefault({})
    .describe("Number of instances in each region."),
  backupRetentionDays: z
    .int()
    .min(1)
    .max(35)
    .default(35)
    .describe("How long automatic backups are kept, in days. This is how far back point-in-time recovery can go."),
  preferredBackupWindow: window(backupWindowProblem)
    .default("02:00-03:00")
    .describe("Daily backup window, hh:mm-hh:mm in UTC, at least 30 minutes."),
  preferredMaintenanceWindow: window(maintenanceWindowProblem)
    .default("sun:04:00-sun:05:00")
    .describe(
      "Weekly maintenance window, ddd:hh:mm-ddd:hh:mm in UTC, at least 30 minutes. Must not overlap the backup window.",
    ),
  applyImmediately: z
    .boolean()
    .default(false)
    .describe("Applies changes that interrupt the service immediately, instead of in the maintenance window."),
  deletionProtection: z
    .boolean()
    .default(true)
    .describe("To delete the database, turn this off in a separate deployment first."),
  skipFinalSnapshot: z
    .boolean()
    .default(false)
    .describe("Deletes the database without a final snapshot. For throw-away environments."),
  performanceInsightsRetentionDays: z
    .int()
    .refine(
      (days) => performanceInsightsDays.includes(days),
      "is not a valid retention period; use 7, a multiple of 31 up to 713, or 731",
    )
    .default(7)
    .describe("Days of Performance Insights history; 7 days are free."),
  monitoringIntervalSeconds: z
    .union(([1, 5, 10, 15, 30, 60] as const).map((seconds) => z.literal(seconds)))
    .default(60)
    .describe("Interval of enhanced monitoring of the operating system, in seconds."),
  logRetentionDays: logRetentionDays.default(30),
  statementTimeoutMilliseconds: z
    .int()
    .min(100)
    .default(30_000)
    .describe(
      "Longest run time of a statement on the server, in milliseconds. Functions time out earlier. Aurora MySQL ends SELECT statements only.",
    ),
  idleInTransactionTimeoutMilliseconds: z
    .int()
    .min(1000)
    .default(60_000)
    .describe(
      "Longest pause inside a transaction, in milliseconds. After it the server ends the session and releases its locks. Aurora MySQL counts in whole seconds, and ends sessions that are idle outside of transactions as well.",
    ),
  logStatementsFromMilliseconds: z
    .int()
    .min(-1)
    .default(1000)
    .describe("Statements that run at least this long are logged with their text, in milliseconds. -1 turns it off."),
  maxRecoveryPointSeconds: z
    .int()
    .min(20)
    .optional()
    .describe(
      "Maximum data loss in an unplanned failover, in seconds of commits. The primary holds back commits while every standby region lags by more than that. Only of Aurora PostgreSQL.",
    ),
  writeForwarding: z
    .boolean()
    .default(false)
    .describe("Standby regions accept writes and forward them to the primary. This uses connections on the primary."),
  parameters: z
    .record(z.string(), z.string())
    .default({})
    .describe("Additional cluster parameters. Those that need a restart apply after the next one."),
  alarms: strictObject(() => ({
    cpuPercent: percentBelow100.min(1).default(85).describe("CPU utilization of the busiest instance, in percent."),
    capacityPercent: percentBelow100
      .min(1)
      .default(90)
      .describe("Capacity units in use, as a percentage of maxCapacity."),
    freeableMemoryMebibytes: z
      .int()
      .min(1)
      .default(1024)
      .describe("Minimum free memory of a provisioned instance, in MiB."),
    connectionsPercent: percentBelow100.min(1).default(80).describe("Connections, as a percentage of max_connections."),
    replicationLagMilliseconds: z
      .int()
      .min(100)
      .default(5000)
      .describe("Lag of a standby region behind the primary, in milliseconds."),
    deadlocksPerSecond: z
      .number()
      .min(0)
      .default(0)
      .describe("Highest average rate of deadlocks that does not raise the alarm."),
    storageGibibytes: z
      .int()
      .min(1)
      .max(
        largestStorageGibibytes - 1,
        "is never exceeded, as an Aurora cluster grows to 262144 GiB; use less than that",
      )
      .default(1024)
      .describe("Storage in use above which the alarm fires, in GiB."),
    transactionIds: z
      .int()
      .min(1)
      .max(2_000_000_000)
      .default(1_000_000_000)
      .describe("Age of the oldest unfrozen transaction. At 2,147,483,648 PostgreSQL stops accepting writes."),
    historyListLength: z
      .int()
      .min(1000)
      .default(1_000_000)
      .describe("Old versions of rows that Aurora MySQL still keeps, in undo records."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/**
 * An Aurora global database, as literal values. It is always global, encrypted and only accessible over TLS.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export const globalDatabaseConfig = withRule(fields, (config, report) => {
  checkEngine(config, report);
  checkNames(config, report);
  checkCapacities(config, report);
  if (windowsOverlap(config.preferredBackupWindow, config.preferredMaintenanceWindow)) {
    report(
      ["preferredMaintenanceWindow"],
      `overlaps the backup window ${config.preferredBackupWindow}; move one of the windows`,
    );
  }
  checkParameters(config.parameters, engineOf(config.engine), report);
  checkMovedParameters(
    config.parameters,
    engineOf(config.engine),
    [config.capacity, ...Object.values(config.capacityIn)],
    report,
  );
  checkThresholds(config, report);
  const forwarding = config.writeForwarding && engineOf(config.engine).forwardingProblem(config.engineVersion);
  if (forwarding) report(["writeForwarding"], forwarding);
});

export type GlobalDatabaseConfig = z.output<typeof globalDatabaseConfig>;

/** The engine and what only one of them has. */
function checkEngine(
  { engine, engineVersion, maxRecoveryPointSeconds }: z.output<typeof fields>,
  report: Report,
): void {
  const { label } = engineOf(engine);
  if (engineOfVersion(engineVersion) !== engine) {
    const other = engineOfVersion(engineVersion);
    report(
      ["engineVersion"],
      `is a version of ${engineOf(other).label}, but the engine is ${label}; use one of ${label}, or engine: "${other}"`,
    );
  }
  if (engine === "aurora-mysql" && maxRecoveryPointSeconds !== undefined) {
    report(
      ["maxRecoveryPointSeconds"],
      "is a parameter of Aurora PostgreSQL, rds.global_db_rpo, which Aurora MySQL does not have: it never holds back commits; remove it, and watch alarms.replicationLagMilliseconds",
    );
  }
}

function checkNames({ databaseName, masterUsername, engine }: z.output<typeof fields>, report: Report): void {
  const { isReservedName, label } = engineOf(engine);
  for (const [field, name] of Object.entries({ databaseName, masterUsername })) {
    if (isReservedName(name)) {
      report([field], `is reserved by ${label}; choose another name`);
    }
  }
}

function checkCapacities({ capacity, capacityIn, engineVersion }: z.output<typeof fields>, report: Report): void {
  checkCapacity(capacity, engineVersion, (path, message) => report(["capacity", ...path], message));
  for (const [region, own] of Object.entries(capacityIn)) {
    checkCapacity(own, engineVersion, (path, message) => report(["capacityIn", region, ...path], message));
  }
}

function checkCapacity(capacity: DatabaseCapacity, engineVersion: string, report: Report): void {
  const known = engineVersionProblem(engineVersion) === undefined;
  if (capacity.type === "provisioned") {
    const problem = known && classOfVersionProblem(capacity.instanceClass, engineVersion);
    if (problem) report(["instanceClass"], problem);
    return;
  }
  const problem = known && capacityOfVersionProblem(capacity.maxCapacity, engineVersion);
  if (problem) report(["maxCapacity"], problem);
  if (capacity.type === "serverless" && capacity.minCapacity > capacity.maxCapacity) {
    report(["minCapacity"], `is above maxCapacity, ${capacity.maxCapacity}; use at most that value`);
  }
}
