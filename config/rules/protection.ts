import type { Rule } from "../../contract";

const stateAndTablesAreProtected: Rule = {
  id: "state-and-tables-are-protected",
  statement: "Only a disposable environment keeps its state on one machine, or tables without deletion protection.",
  check({ disposable, state, tables }, report) {
    if (disposable) return;
    if (state.backend === "local") {
      report(["state", "backend"], "keeps the state on one machine, without a lock; use s3, or set disposable: true");
    }
    tables.forEach((table, index) => {
      if (table.deletionProtection) return;
      report(
        ["tables", index, "deletionProtection"],
        "is off; leave it on, or set disposable: true for the environment",
      );
    });
  },
};

const databasesAreProtected: Rule = {
  id: "databases-are-protected",
  statement: "Only a disposable environment has databases without deletion protection or a final snapshot.",
  check({ databases, disposable }, report) {
    if (disposable) return;
    databases.forEach(({ cluster }, index) => {
      if (!cluster.deletionProtection) {
        report(
          ["databases", index, "cluster", "deletionProtection"],
          "is off; leave it on, or set disposable: true for the environment",
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

export const protectionRules: readonly Rule[] = [stateAndTablesAreProtected, databasesAreProtected];
