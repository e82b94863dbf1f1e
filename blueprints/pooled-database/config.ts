import { z } from "zod";
import { logRetentionDays, type Report, withRule } from "../../modules/core";
import { databaseNetworkConfig } from "../../modules/database-network";
import { databaseProxyConfig } from "../../modules/database-proxy";
import { globalDatabaseConfig } from "../../modules/global-database";
import { pgbouncerPoolConfig } from "../../modules/pgbouncer-pool";
import { secretRotationConfig } from "../../modules/replicated-secret";
import { versionCanaryConfig } from "../../modules/version-canary";
import { alternateUser } from "./alternate-user";
import { checkNetworkChoice, existingNetworks } from "./existing-networks";

/** A user's name, which is part of a secret's name and of Terraform addresses. */
export const databaseUserName = z
  .string()
  .max(40)
  .regex(
    /^(?!pg_|rds_)[a-z][a-z0-9]*(_[a-z0-9]+)*$/,
    "is no name for a database user; use lower-case words joined by single underscores, not starting with pg_ or rds_",
  );

const fields = z.strictObject({
  cluster: globalDatabaseConfig.describe("The clusters: one in the home region, and one in each standby region."),
  network: databaseNetworkConfig
    .safeExtend({ existing: existingNetworks.optional() })
    .describe(
      "The VPC of the database in each of its regions: created from cidrBlock, or given by existing. Never changes from one to the other, which would replace the database.",
    ),
  proxy: databaseProxyConfig
    .prefault({})
    .describe("The connection pool of each region, from the stage that brings it."),
  pgbouncer: pgbouncerPoolConfig
    .optional()
    .describe(
      "PgBouncer on Fargate as the pool of each region, in place of proxy. Switching cuts clients off for a moment, and loses no data.",
    ),
  users: z
    .array(databaseUserName)
    .min(1)
    .max(200)
    .describe(
      "Database users that services connect as. Without a pool they are members of rds_iam; with one they have a password instead, each in a secret of its own, whose value whoever creates the user puts there, until rotation makes users and passwords.",
    ),
  rotation: secretRotationConfig
    .extend({
      logRetentionDays: logRetentionDays.default(90),
      canary: versionCanaryConfig
        .optional()
        .describe(
          "With pgbouncer: a new login is first used by a share of the home region's functions, and taken back by an alarm.",
        ),
    })
    .prefault({})
    .describe("How often users get new passwords, from the stage that brings it."),
  failoverSeconds: z
    .int()
    .min(1)
    .optional()
    .describe("Seconds that a failover took in the last drill, for recovery objectives; 300 are assumed without."),
});

/** A database with its networks, pools and users, in literal values. */
export const pooledDatabaseConfig = withRule(fields, (config, report) => {
  const { cluster, network } = config;
  checkNetworkChoice(network, (path, message) => report(["network", ...path], message));
  if (network.port !== cluster.port) {
    report(["network", "port"], `is another port than that of the cluster, ${cluster.port}; use the same in both`);
  }
  checkUsers(config, report);
  checkPgBouncer(config, report);
});

export type PooledDatabaseConfig = z.output<typeof fields>;

function checkUsers({ users, cluster }: PooledDatabaseConfig, report: Report): void {
  users.forEach((user, index) => {
    if (users.indexOf(user) < index) report(["users", index], "is named twice; name each user once");
    if (user === cluster.masterUsername) {
      report(["users", index], "is the master user, who is for administration only; give services users of their own");
    }
    const first = users.find((other) => alternateUser(other) === user);
    if (first) {
      report(["users", index], `is the name that rotation gives to the second user of ${first}; choose another name`);
    }
  });
}

const defaultProxy = JSON.stringify(databaseProxyConfig.parse({}));

function checkPgBouncer({ pgbouncer, proxy, users, cluster, rotation }: PooledDatabaseConfig, report: Report): void {
  if (!pgbouncer) {
    if (!rotation.canary) return;
    report(
      ["rotation", "canary"],
      "cannot be kept by RDS Proxy, which lets in only the user that its secret names just now; use pgbouncer, or remove it",
    );
    return;
  }
  if (JSON.stringify(proxy) !== defaultProxy) {
    report(["proxy"], "has no effect beside pgbouncer, which is the pool instead; remove one of them");
  }
  const { lookupUser } = pgbouncer;
  if ([cluster.masterUsername, ...users.flatMap((user) => [user, alternateUser(user)])].includes(lookupUser)) {
    report(["pgbouncer", "lookupUser"], "is a user with other rights; give the looking up of logins to one of its own");
  }
}
