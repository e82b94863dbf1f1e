import type { BaseEnvironment, Database, Rule } from "../../contract";
import type { Report } from "../../modules/core";
import { networkCalls } from "./network-calls";

const givenNetworksAreWhereTheDatabaseIs: Rule = {
  id: "given-networks-are-where-the-database-is",
  statement:
    "A database in given VPCs has one in each region that it is in or comes to, with a way out where one is needed.",
  check(environment, report, enabled) {
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
      const calls = networkCalls(database, environment, enabled).map(({ clause }) => clause);
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
  },
};

/** The pool's private zone is the only one of its name in its VPC, which another database may have been given too. */
function checkPoolName(database: Database, index: number, { databases }: BaseEnvironment, report: Report): void {
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

export const existingNetworkRules: readonly Rule[] = [givenNetworksAreWhereTheDatabaseIs];
