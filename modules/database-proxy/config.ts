import { z } from "zod";
import { logRetentionDays, percentBelow100, providerProblem, strictObject, withRule } from "../core";

export type * from "./input";

/** The fields that size a pool for its database, shared by all kinds of pools. */
export const poolSizing = {
  executionsPerConnection: z
    .number()
    .min(1)
    .max(100)
    .default(1)
    .describe(
      "Average number of concurrent function executions that share one database connection. 1 is safe; measure before raising it, because executions in a transaction or a pinned session do not share a connection.",
    ),
  reservedPercent: z
    .int()
    .min(1)
    .max(90)
    .default(10)
    .describe("Percentage of max_connections kept free for administration, migrations and other clients."),
};

const fields = strictObject(() => ({
  ...poolSizing,
  maxIdleConnectionsPercent: z
    .int()
    .min(0)
    .max(100)
    .default(50)
    .describe("Percentage of the pool that stays open while idle."),
  connectionBorrowTimeoutSeconds: z
    .int()
    .min(1)
    .max(300)
    .default(5)
    .describe(
      "Longest wait for a free connection, after which the client gets an error. Keep it below the functions' timeouts.",
    ),
  idleClientTimeoutSeconds: z
    .int()
    .min(60)
    .max(28_800)
    .default(1800)
    .describe("Idle time after which a client connection is closed."),
  initQuery: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .describe(
      "SET statements that the proxy runs on each database connection that it opens, so that sessions need not run them, which would pin them.",
    ),
  sessionPinningFilters: z
    .array(z.enum(["EXCLUDE_VARIABLE_SETS"]))
    .max(1)
    .default([])
    .describe(
      "Statements that do not pin a session. With EXCLUDE_VARIABLE_SETS a session may meet variables that another one has set. Only of Aurora MySQL.",
    ),
  authentication: z
    .enum(["secrets", "iam"])
    .default("secrets")
    .describe(
      "How the proxy logs in to the database: with the password in each user's secret, or by IAM as the client does, so that there are no passwords. iam needs hashicorp/aws 6.25 or later.",
    ),
  logRetentionDays: logRetentionDays.default(30),
  alarms: strictObject(() => ({
    pinnedPercent: percentBelow100
      .min(1)
      .default(10)
      .describe("Database connections pinned to one session, as a percentage of those in the pool."),
    borrowLatencyMilliseconds: z
      .int()
      .min(1)
      .default(500)
      .describe("Average wait for a database connection, in milliseconds."),
    connectionsPercent: percentBelow100
      .min(1)
      .default(85)
      .describe("Open database connections, as a percentage of those that the pool may open."),
    setupFailures: z.int().min(0).default(5).describe("Failed attempts to open a database connection, per minute."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** The first version of the provider that was seen to have `default_auth_scheme`. */
const endToEndIam = "6.25";

/**
 * A proxy for the cluster in one region, as literal values. TLS, and IAM authentication of clients, are always on.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.howitworks.html
 */
export const databaseProxyConfig = withRule(
  fields,
  ({ authentication, connectionBorrowTimeoutSeconds, alarms }, report) => {
    const lacking = authentication === "iam" && providerProblem(endToEndIam, 'use "secrets"');
    if (lacking) report(["authentication"], `${lacking.problem}; ${lacking.remedy}`);
    const longest = connectionBorrowTimeoutSeconds * 1000;
    if (alarms.borrowLatencyMilliseconds < longest) return;
    report(
      ["alarms", "borrowLatencyMilliseconds"],
      `is never exceeded, because clients get an error after connectionBorrowTimeoutSeconds, ${connectionBorrowTimeoutSeconds}; use less than ${longest}`,
    );
  },
);

export type DatabaseProxyConfig = z.output<typeof databaseProxyConfig>;
