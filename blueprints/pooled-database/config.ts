import { z } from "zod";
import { logRetentionDays, type Report, strictObject, withRule } from "../../modules/core";
import { databaseNetworkConfig } from "../../modules/database-network";
import { databaseProxyConfig } from "../../modules/database-proxy";
import { globalDatabaseConfig, portOf } from "../../modules/global-database";
import { pgbouncerPoolConfig } from "../../modules/pgbouncer-pool";
import { secretRotationConfig } from "../../modules/replicated-secret";
import { versionCanaryConfig } from "../../modules/version-canary";
import { alternateUser } from "./alternate-user";
import { checkNetworkChoice, existingNetworks } from "./existing-networks";

export type * from "./input";

/** A user's name, which is part of a secret's name and of Terraform addresses. */
export const databaseUserName = z
  .string()
  .max(40)
  .regex(
    /^(?!pg_|rds_)[a-z][a-z0-9]*(_[a-z0-9]+)*$/,
    "is not a valid database user name; use lower-case letters, digits and single underscores, starting with a letter, but not with pg_ or rds_",
  );

const fields = strictObject(() => ({
  cluster: globalDatabaseConfig.describe("The clusters: one in the home region, and one in each standby region."),
  network: databaseNetworkConfig
    .safeExtend({ existing: existingNetworks.optional() })
    .describe(
      "The VPC of the database in each of its regions: created from cidrBlock, or your own in existing. Do not change from one to the other: that would replace the database.",
    ),
  proxy: databaseProxyConfig
    .prefault({})
    .describe("The connection pool of each region, from the stage that brings it."),
  pgbouncer: pgbouncerPoolConfig
    .optional()
    .describe(
      "PgBouncer on Fargate as the pool of each region, instead of proxy. Switching briefly disconnects clients, but loses no data.",
    ),
  users: z
    .array(databaseUserName)
    .min(1)
    .max(200)
    .describe(
      "Database users that services connect as. Without a pool they are members of rds_iam, or of Aurora MySQL identified with AWSAuthenticationPlugin. With a pool each has a password instead, in a secret of its own. Whoever creates the user stores the password there, until rotation creates users and passwords. With proxy.authentication iam they stay members of rds_iam, and have no secrets.",
    ),
  rotation: secretRotationConfig
    .extend({
      logRetentionDays: logRetentionDays.default(90),
      canary: versionCanaryConfig
        .optional()
        .describe(
          "With pgbouncer: a new login is first used by a share of the home region's functions, and rolled back by an alarm.",
        ),
    })
    .prefault({})
    .describe("How often users get new passwords, from the stage that brings it."),
  failoverSeconds: z
    .int()
    .min(1)
    .optional()
    .describe(
      "How long a failover took in the last drill, in seconds, for recovery objectives. Without it, 300 s are assumed.",
    ),
}));

/** A database with its networks, pools and users, as literal values. */
export const pooledDatabaseConfig = withRule(fields, (config, report) => {
  const { cluster, network } = config;
  checkNetworkChoice(network, (path, message) => report(["network", ...path], message));
  const port = portOf(cluster);
  if (network.port !== undefined && network.port !== port) {
    report(["network", "port"], `differs from cluster.port, ${port}; use the same port in both, or leave it out here`);
  }
  checkEngine(config, report);
  checkUsers(config, report);
  checkCanary(config, report);
  checkPgBouncer(config, report);
});

export type PooledDatabaseConfig = z.output<typeof fields>;

/** Longest name of a user of MySQL, in characters, with the `_clone` and `_role` that rotation appends. */
const longestMysqlUser = 26;

/** What only one of the engines takes. */
function checkEngine({ cluster, pgbouncer, proxy, users }: PooledDatabaseConfig, report: Report): void {
  if (cluster.engine !== "aurora-mysql") {
    if (proxy.sessionPinningFilters.length === 0) return;
    report(
      ["proxy", "sessionPinningFilters"],
      "is taken for Aurora MySQL only; remove it, and have initQuery set what sessions would",
    );
    return;
  }
  if (pgbouncer) {
    report(
      ["pgbouncer"],
      "speaks the protocol of PostgreSQL only, and the engine is Aurora MySQL; remove it: proxy is the pool then",
    );
  }
  users.forEach((user, index) => {
    if (user.length > longestMysqlUser) {
      report(
        ["users", index],
        `has ${user.length} characters, and MySQL takes users of 32, of which rotation needs 6; use at most ${longestMysqlUser}`,
      );
    }
  });
}

function checkUsers({ users, cluster }: PooledDatabaseConfig, report: Report): void {
  users.forEach((user, index) => {
    if (users.indexOf(user) < index) report(["users", index], "is listed twice; remove the duplicate");
    if (user === cluster.masterUsername) {
      report(
        ["users", index],
        "is the master user, which is only for administration; name a separate user for services",
      );
    }
    const first = users.find((other) => alternateUser(other) === user);
    if (first) {
      report(
        ["users", index],
        `is the name of the second user that rotation creates for ${first}; choose another name`,
      );
    }
  });
}

function checkCanary({ rotation: { afterDays, canary } }: PooledDatabaseConfig, report: Report): void {
  if (!canary || canary.bakeMinutes < afterDays * minutesPerDay) return;
  report(
    ["rotation", "canary", "bakeMinutes"],
    `is not shorter than afterDays, ${afterDays}, so the next rotation would begin before it ends; use less than ${afterDays * minutesPerDay} minutes`,
  );
}

const minutesPerDay = 24 * 60;

const defaultProxy = JSON.stringify(databaseProxyConfig.parse({}));

function checkPgBouncer({ pgbouncer, proxy, users, cluster, rotation }: PooledDatabaseConfig, report: Report): void {
  if (!pgbouncer) {
    if (!rotation.canary) return;
    report(
      ["rotation", "canary"],
      "does not work with RDS Proxy, which only accepts the user that its secret currently names; use pgbouncer, or remove it",
    );
    return;
  }
  if (JSON.stringify(proxy) !== defaultProxy) {
    report(["proxy"], "has no effect, because pgbouncer replaces it; remove proxy or pgbouncer");
  }
  const { lookupUser } = pgbouncer;
  if ([cluster.masterUsername, ...users.flatMap((user) => [user, alternateUser(user)])].includes(lookupUser)) {
    report(
      ["pgbouncer", "lookupUser"],
      "is also the master user or a user of services; use a separate user to look up logins",
    );
  }
}
