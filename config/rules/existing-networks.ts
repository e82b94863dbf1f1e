import type { BaseEnvironment, Database, Rule } from "../../contract";
import type { Report } from "../../modules/core";
import { networkCalls } from "./network-calls";

const givenNetworksAreWhereTheDatabaseIs: Rule = {
  id: "given-networks-are-where-the-database-is",
  statement:
    "A database in existing VPCs has one in each region that it is in now or at a later stage, with a way out where one is needed.",
  check(environment, report, enabled) {
    const { regions, exceptions } = environment;
    const known = [regions.home, ...regions.standby];
    // Also regions of later stages: nobody should find out on the day of the promotion that a region has no VPC.
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
          report([...at, region], `is not a region of this environment; use one of ${known.join(", ")}`);
        } else if (calls.length > 0 && network.additionalSecurityGroupIds.length === 0) {
          report(
            [...at, region, "additionalSecurityGroupIds"],
            `is empty, but in the network ${calls.join(", ")}, and the toolkit's groups only allow queries out; list groups that allow traffic to the VPC's endpoints or NAT gateway`,
          );
        }
      }
    });
  },
};

/** The pool's private zone must be the only one with its name in the VPC, which another database may use too. */
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
    `is already used by the database ${other.name} in the same VPC, which allows one private zone per name; choose another name`,
  );
}

export const existingNetworkRules: readonly Rule[] = [givenNetworksAreWhereTheDatabaseIs];
