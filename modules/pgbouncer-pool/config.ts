import { z } from "zod";
import { domainName, logRetentionDays, type Report, withRule } from "../core";
import { poolSizing } from "../database-proxy";
import { memoryProblem } from "./fargate-sizes";

const image = z
  .string()
  .regex(
    /^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/,
    "is not pinned by digest, so it can change behind its name; write it as <registry>/<repository>@sha256:<64 hexadecimal digits>",
  )
  .describe(
    "Image with /bin/sh and PgBouncer 1.21 or later, by its digest. One in a private ECR repository is pulled in each region from the repository of the same name there: replicate it.",
  );

const secretArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    "is no ARN of a secret; copy it with its six last characters from `aws secretsmanager describe-secret`",
  );

const fields = z.strictObject({
  ...poolSizing,
  image,
  cpuArchitecture: z
    .enum(["ARM64", "X86_64"])
    .default("ARM64")
    .describe("Architecture of the image; ARM64 costs a fifth less."),
  platformVersion: z
    .enum(["1.4.0"], {
      error:
        "is not a pinned platform version; use 1.4.0, because what LATEST means changes between two deployments of the same task",
    })
    .default("1.4.0")
    .describe("Version of Fargate; pinned, so that two deployments run on the same."),
  user: z
    .string()
    .regex(/^[1-9]\d{0,4}:[1-9]\d{0,4}$/, "is no pair of numbers above 0; write user and group as 65534:65534")
    .default("65534:65534")
    .describe("Numbers of the user and group that PgBouncer runs as; never root, which it refuses."),
  cpu: z.int().default(512).describe("CPU units of a task, 1024 for one CPU; each of its two PgBouncers can use one."),
  memoryMebibytes: z.int().default(1024).describe("Memory of a task; Fargate takes certain pairs with cpu only."),
  scaling: z
    .strictObject({
      min: z.int().min(2, "is too few to survive the loss of a zone; use at least 2").max(100).default(2),
      max: z.int().min(2).max(100).default(4),
      cpuPercent: z.int().min(10).max(90).default(60).describe("Average CPU that the number of tasks is kept at."),
    })
    .prefault({})
    .describe(
      "Number of tasks. The demand is met by `min` of them; the database has room for `max`, and for those that a deployment adds.",
    ),
  domainName: domainName
    .max(246)
    .describe(
      "Name of the private zone that is made for the pool: clients connect to writer.<name> and reader.<name>, which the certificate must be for. The same in each region.",
    ),
  certificateSecretArn: secretArn.describe(
    "Secret with `certificate` (chain) and `privateKey` in PEM, and `databaseAuthorities`, the RDS authorities of its regions, unless they are in the image. Encrypted with the database's key, and replicated to each of its regions.",
  ),
  databaseAuthoritiesFile: z
    .string()
    .regex(/^\/[\w./-]+$/, "is no absolute path; write it as /etc/ssl/certs/rds.pem")
    .optional()
    .describe("File in the image with the RDS authorities, in PEM; taken from the secret unless given."),
  lookupUser: z
    .string()
    .regex(
      /^(?!pg_|rds_)[a-z][a-z0-9_]{0,39}$/,
      "is no name for a database user; use up to 40 lower-case letters, digits and underscores, not starting with pg_ or rds_",
    )
    .default("pool_lookup")
    .describe("Database user that looks the logins of the others up, and may do nothing else."),
  poolMode: z
    .enum(["transaction", "session"])
    .default("transaction")
    .describe("How long a client keeps a database connection: for a transaction, or until it disconnects."),
  maxPreparedStatements: z
    .int()
    .min(0)
    .max(5000)
    .default(200)
    .describe("Named statements of the protocol that are kept per connection in transaction mode; 0 refuses them."),
  maxClientConnections: z
    .int()
    .min(1)
    .max(50_000)
    .optional()
    .describe(
      "Client connections of one PgBouncer; twice the functions' concurrency unless given, since frozen functions keep theirs.",
    ),
  queryWaitTimeoutSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(5)
    .describe("Longest wait for a database connection; then the client is cut off. Keep it below functions' timeouts."),
  serverLifetimeSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(1800)
    .describe("Age from which a database connection is closed once it is free."),
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
    .describe("Time between the last new connection of a task and its end, in which clients leave by themselves."),
  containerInsights: z.boolean().default(false).describe("Paid metrics for each task."),
  logRetentionDays: logRetentionDays.default(30),
  alarms: z
    .strictObject({
      cpuPercent: z.number().min(1).max(100).default(85).describe("Average of all tasks, in percent."),
      memoryPercent: z.number().min(1).max(100).default(80).describe("Average of all tasks, in percent."),
      rejectedConnections: z.int().min(0).default(0).describe("Clients per minute beyond maxClientConnections."),
      waitTimeouts: z.int().min(0).default(5).describe("Clients per minute that were cut off while they waited."),
      loginFailures: z.int().min(0).default(5).describe("Logins per minute that the database refused PgBouncer."),
      resets: z.int().min(0).default(50).describe("Connections per minute that tasks reset."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/**
 * PgBouncer for one region's cluster, in literal values; TLS on both sides is not optional.
 * @see https://www.pgbouncer.org/config.html
 */
export const pgbouncerPoolConfig = withRule(fields, (config, report) => {
  const problem = memoryProblem(config.cpu, config.memoryMebibytes);
  if (problem) report([problem.field], problem.message);
  checkScaling(config, report);
  if (config.poolMode === "session" && config.executionsPerConnection > 1) {
    report(
      ["executionsPerConnection"],
      "cannot be above 1 in session mode, where each client keeps a connection; use 1, or transaction mode",
    );
  }
});

export type PgBouncerPoolConfig = z.output<typeof fields>;
export type PgBouncerPoolInput = z.input<typeof fields>;

function checkScaling({ scaling }: PgBouncerPoolConfig, report: Report): void {
  if (scaling.max < scaling.min) report(["scaling", "max"], `is below min, ${scaling.min}; use at least that`);
}
