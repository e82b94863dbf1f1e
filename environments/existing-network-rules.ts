import type { Report } from "../modules/core";
import type { EnvironmentConfig } from "./schema";
import { capabilitiesOf } from "./stages";

type Database = EnvironmentConfig["databases"][number];

/** A database in VPCs that are given has one in each region that it is in or comes to, with a way out where one is needed. */
export function checkExistingNetworks(environment: EnvironmentConfig, report: Report): void {
  const { regions, exceptions } = environment;
  const known = [regions.home, ...regions.standby];
  // Those of a later stage too: that a region has no VPC should not come out on the day of the promotion.
  const needed = exceptions.globalDatabase?.enabled === false ? [regions.home] : known;
  environment.databases.forEach((database, index) => {
    const { existing } = database.network;
    if (!existing) return;
    const at = ["databases", index, "network", "existing"];
    for (const region of new Set(needed)) {
      if (existing[region]) continue;
      const role = region === regions.home ? "the home region" : "a standby region";
      report([...at, region], `is required, as it is ${role} of the database; add it, with vpcId and subnetIds`);
    }
    checkPoolName(database, index, environment, report);
    const calls = callsOf(database, environment);
    for (const [region, network] of Object.entries(existing)) {
      if (!known.some((name) => name === region)) {
        report([...at, region], `is no region of this environment; use one of ${known.join(", ")}`);
      } else if (calls.length > 0 && network.additionalSecurityGroupIds.length === 0) {
        report(
          [...at, region, "additionalSecurityGroupIds"],
          `names no group, but in the network ${calls.join(", ")}, and the toolkit's groups let nothing out but queries; name groups that let out to the VPC's endpoints or NAT gateway`,
        );
      }
    }
  });
}

/** The pool's private zone is the only one of its name in its VPC, which another database may have been given too. */
function checkPoolName(database: Database, index: number, { databases }: EnvironmentConfig, report: Report): void {
  const { existing = {} } = database.network;
  const vpcs = new Set(Object.values(existing).map(({ vpcId }) => vpcId));
  const other = databases.slice(0, index).find(({ pgbouncer, network }) => {
    const shared = Object.values(network.existing ?? {}).some(({ vpcId }) => vpcs.has(vpcId));
    return pgbouncer && pgbouncer.domainName === database.pgbouncer?.domainName && shared;
  });
  if (!other) return;
  report(
    ["databases", index, "pgbouncer", "domainName"],
    `is that of the database ${other.name} in the same VPC, which takes one private zone of a name; choose another name`,
  );
}

/** What calls AWS or Vault from the network of a database, as clauses. */
function callsOf(database: Database, { services, stage, exceptions, keyManagement }: EnvironmentConfig): string[] {
  const capabilities = capabilitiesOf(stage, exceptions);
  const pgbouncer = database.pgbouncer !== undefined && capabilities.has("databaseProxy");
  const users = services.filter((service) => service.database?.name === database.name);
  const toVault = keyManagement.provider === "vault" && keyManagement.privateAccess !== undefined;
  const clauses: readonly [string, boolean][] = [
    ["functions are traced", users.length > 0 && capabilities.has("tracing")],
    ["functions use tables", users.some(({ tables }) => Object.keys(tables).length > 0)],
    ["functions read settings", users.some(({ settings }) => settings)],
    ["functions encrypt", users.some(({ encryption }) => encryption)],
    ["functions have logins made by Vault", !toVault && users.some(({ database: use }) => use?.login)],
    ["functions publish events", users.some(({ publishes }) => Object.keys(publishes).length > 0)],
    ["passwords rotate", capabilities.has("secretRotation")],
    ["PgBouncer pulls its image and reads secrets", pgbouncer],
  ];
  return clauses.filter(([, holds]) => holds).map(([clause]) => clause);
}
