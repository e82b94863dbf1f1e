import { z } from "zod";
import { logRetentionDays } from "../core";

/** What a pool needs to know to fit its database; shared by all kinds of pools. */
export const poolSizing = {
  executionsPerConnection: z
    .number()
    .min(1)
    .max(100)
    .default(1)
    .describe(
      "Concurrent executions of functions that share one database connection on average. 1 is safe; measure before raising it: executions that are in a transaction, or pinned, share nothing.",
    ),
  reservedPercent: z
    .int()
    .min(1)
    .max(90)
    .default(10)
    .describe("Percent of max_connections that stay free for administration, migrations and other clients."),
};

/**
 * A proxy for one region's cluster, in literal values; TLS and IAM authentication are not optional.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.howitworks.html
 */
export const databaseProxyConfig = z.strictObject({
  ...poolSizing,
  maxIdleConnectionsPercent: z
    .int()
    .min(0)
    .max(100)
    .default(50)
    .describe("Percent of the pool that stays open when nobody uses it."),
  connectionBorrowTimeoutSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(5)
    .describe(
      "Longest wait for a free connection; above it the client gets an error. Keep it below functions' timeouts.",
    ),
  idleClientTimeoutSeconds: z
    .int()
    .min(60)
    .max(28_800)
    .default(1800)
    .describe("Idle time after which a client's connection is closed."),
  logRetentionDays: logRetentionDays.default(30),
  alarms: z
    .strictObject({
      pinnedPercent: z
        .number()
        .min(1)
        .max(100)
        .default(10)
        .describe("Database connections that one session keeps for itself, in percent of those in the pool."),
      borrowLatencyMilliseconds: z
        .int()
        .min(1)
        .default(500)
        .describe("Average wait for a database connection, in milliseconds."),
      connectionsPercent: z
        .number()
        .min(1)
        .max(100)
        .default(85)
        .describe("Open database connections, in percent of those that the pool may open."),
      setupFailures: z.int().min(0).default(5).describe("Failed attempts per minute to open a database connection."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

export type DatabaseProxyConfig = z.output<typeof databaseProxyConfig>;
export type DatabaseProxyInput = z.input<typeof databaseProxyConfig>;
