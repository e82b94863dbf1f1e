import type { BaseEnvironment, Rule } from "../../contract";
import { providerProblem } from "../../modules/core";

const stateAndTablesAreProtected: Rule = {
  id: "state-and-tables-are-protected",
  statement:
    "Only a disposable environment keeps its state on one machine, or tables without deletion protection whose removal is not acknowledged.",
  check({ disposable, state, tables, acknowledgedRemovals }, report) {
    if (disposable) return;
    if (state.backend === "local") {
      report(["state", "backend"], "keeps the state on one machine, without a lock; use s3, or set disposable: true");
    }
    tables.forEach((table, index) => {
      if (table.deletionProtection || mayGo(acknowledgedRemovals, `aws_dynamodb_table.${table.name}_table`)) return;
      report(
        ["tables", index, "deletionProtection"],
        `is off; leave it on, set disposable: true for the environment, or acknowledge the removal of aws_dynamodb_table.${table.name}_table`,
      );
    });
  },
};

const databasesAreProtected: Rule = {
  id: "databases-are-protected",
  statement:
    "Only a disposable environment has databases without a final snapshot, or without deletion protection and an acknowledged removal.",
  check({ databases, disposable, regions, acknowledgedRemovals }, report) {
    if (disposable) return;
    databases.forEach(({ name, cluster }, index) => {
      const address = `aws_rds_cluster.${name}_database_${regions.home}_cluster`;
      if (!cluster.deletionProtection && !mayGo(acknowledgedRemovals, address)) {
        report(
          ["databases", index, "cluster", "deletionProtection"],
          `is off; leave it on, set disposable: true for the environment, or acknowledge the removal of ${address}`,
        );
      }
      if (cluster.skipFinalSnapshot) {
        report(
          ["databases", index, "cluster", "skipFinalSnapshot"],
          "would lose the data with the database; leave it off, or set disposable: true for the environment",
        );
      }
    });
  },
};

/**
 * Whether the removal of an address is acknowledged: AWS deletes nothing that is protected, so protection goes first. An
 * acknowledgement that has expired counts here, as no file becomes invalid by the mere passing of time.
 */
const mayGo = (acknowledged: BaseEnvironment["acknowledgedRemovals"], address: string): boolean =>
  acknowledged.some((removal) => removal.address === address);

const logGroupsCanBeProtected: Rule = {
  id: "log-groups-can-be-protected",
  statement: "Log groups are protected from deletion only with a provider that has the argument.",
  check({ logGroupDeletionProtection }, report) {
    const lacking = logGroupDeletionProtection !== undefined && providerProblem("6.25", "leave it out");
    if (lacking) report(["logGroupDeletionProtection"], `${lacking.problem}; ${lacking.remedy}`);
  },
};

export const protectionRules: readonly Rule[] = [
  stateAndTablesAreProtected,
  databasesAreProtected,
  logGroupsCanBeProtected,
];
