import { z } from "zod";
import { fargatePlatform, memoryProblem, pinnedImage } from "../container-service";
import { domainName, logRetentionDays, percentBelow100, type Report, secretArn, strictObject, withRule } from "../core";
import { poolSizing } from "../database-proxy";

export type * from "./input";

const image = pinnedImage.describe(
  "Image with /bin/sh and PgBouncer 1.21 or later, pinned by digest. An image in a private ECR repository is pulled from the repository of the same name in each region, so replicate it.",
);

const fields = strictObject(() => ({
  ...poolSizing,
  image,
  ...fargatePlatform,
  user: z
    .string()
    .regex(/^[1-9]\d{0,4}:[1-9]\d{0,4}$/, "is not a user and a group id above 0; write them like 65534:65534")
    .default("65534:65534")
    .describe("User and group ids that PgBouncer runs as. It refuses to run as root."),
  cpu: z
    .int()
    .default(512)
    .describe("CPU units of a task; 1024 is one CPU. Each of its two PgBouncers can use one CPU."),
  memoryMebibytes: z
    .int()
    .default(1024)
    .describe("Memory of a task, in MiB. Fargate only supports certain combinations with cpu."),
  scaling: strictObject(() => ({
    min: z
      .int()
      .min(2, "is too low to survive the loss of an Availability Zone; use at least 2")
      .max(100)
      .default(2)
      .describe("Minimum number of tasks; with 2, the pool survives the loss of an Availability Zone."),
    max: z.int().min(2).max(100).default(4).describe("Maximum number of tasks."),
    cpuPercent: z.int().min(10).max(90).default(60).describe("Target for the average CPU utilization, in percent."),
  }))
    .prefault({})
    .describe(
      "Number of tasks. `min` tasks must serve the whole demand. The database must have room for `max` tasks plus those that a deployment adds.",
    ),
  domainName: domainName
    .max(246)
    .describe(
      "Name of the private hosted zone that is created for the pool. Clients connect to writer.<name> and reader.<name>, which the certificate must cover. The same in each region.",
    ),
  certificateSecretArn: secretArn.describe(
    "Secret with `certificate` (chain) and `privateKey` in PEM, and `databaseAuthorities` with the RDS certificates of its regions, unless they are in the image. It must be encrypted with the database's key and replicated to each of its regions.",
  ),
  databaseAuthoritiesFile: z
    .string()
    .regex(/^\/[\w./-]+$/, "is not an absolute path; write it like /etc/ssl/certs/rds.pem")
    .optional()
    .describe("File in the image with the RDS certificates, in PEM. By default they are read from the secret."),
  lookupUser: z
    .string()
    .regex(
      /^(?!pg_|rds_)[a-z][a-z0-9_]{0,39}$/,
      "is not a valid database user name; use up to 40 lower-case letters, digits and underscores, not starting with pg_ or rds_",
    )
    .default("pool_lookup")
    .describe("Database user that may only look up the logins of other users."),
  poolMode: z
    .enum(["transaction", "session"])
    .default("transaction")
    .describe("How long a client keeps a database connection: for one transaction, or until it disconnects."),
  maxPreparedStatements: z
    .int()
    .min(0)
    .max(5000)
    .default(200)
    .describe("Protocol-level prepared statements to keep per connection in transaction mode. 0 rejects them."),
  maxClientConnections: z
    .int()
    .min(1)
    .max(50_000)
    .optional()
    .describe(
      "Client connections per PgBouncer. Defaults to twice the functions' concurrency, because frozen functions keep their connections.",
    ),
  queryWaitTimeoutSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(5)
    .describe(
      "Longest wait for a database connection, after which the client is disconnected. Keep it below the functions' timeouts.",
    ),
  serverLifetimeSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(1800)
    .describe("Age after which a database connection is closed once it is free."),
  serverIdleTimeoutSeconds: z
    .int()
    .min(10)
    .max(86_400)
    .default(300)
    .describe("Idle time after which a database connection is closed."),
  drainSeconds: z
    .int()
    .min(10)
    .max(3600)
    .default(60)
    .describe(
      "Time between the last new connection of a task and its shutdown, in which clients can disconnect by themselves.",
    ),
  containerInsights: z
    .boolean()
    .default(false)
    .describe("Enables Container Insights: metrics per task, which cost extra."),
  logRetentionDays: logRetentionDays.default(30),
  alarms: strictObject(() => ({
    cpuPercent: percentBelow100.min(1).default(85).describe("Average CPU utilization of all tasks, in percent."),
    memoryPercent: percentBelow100.min(1).default(80).describe("Average memory utilization of all tasks, in percent."),
    rejectedConnections: z
      .int()
      .min(0)
      .default(0)
      .describe("Clients rejected because of maxClientConnections, per minute."),
    waitTimeouts: z
      .int()
      .min(0)
      .default(5)
      .describe("Clients disconnected while waiting for a database connection, per minute."),
    loginFailures: z.int().min(0).default(5).describe("Failed logins of PgBouncer to the database, per minute."),
    resets: z.int().min(0).default(50).describe("Connections reset by tasks, per minute."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/**
 * PgBouncer for the cluster in one region, as literal values. TLS is always on, on both sides.
 * @see https://www.pgbouncer.org/config.html
 */
export const pgbouncerPoolConfig = withRule(fields, (config, report) => {
  const problem = memoryProblem(config.cpu, config.memoryMebibytes);
  if (problem) report([problem.field], problem.message);
  checkScaling(config, report);
  if (config.poolMode === "session" && config.executionsPerConnection > 1) {
    report(
      ["executionsPerConnection"],
      "cannot be above 1 with poolMode session, in which each client keeps its connection; use 1, or set poolMode to transaction",
    );
  }
});

export type PgBouncerPoolConfig = z.output<typeof fields>;

function checkScaling({ scaling }: PgBouncerPoolConfig, report: Report): void {
  if (scaling.max < scaling.min) report(["scaling", "max"], `is below min, ${scaling.min}; use at least that value`);
}
