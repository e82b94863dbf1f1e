import type { Rule } from "../../contract";
import type { StageTable } from "../stages";

/** The rules that hold between an environment's stage and its exceptions, for the table that it is resolved with. */
export const stageRules = (table: StageTable): readonly Rule[] => [
  {
    id: "exceptions-change-something",
    statement:
      "An exception brings a capability before its stage, or leaves it out: from now on, or from the stage that would bring it.",
    check({ stage, exceptions }, report) {
      for (const [name, exception] of Object.entries(exceptions)) {
        if (!exception?.enabled || !table.brings(stage, name)) continue;
        report(["exceptions", name], `has no effect, because stage ${stage} brings it already; remove the exception`);
      }
    },
  },
  {
    id: "capabilities-have-what-they-need",
    statement: "Exceptions do not leave a capability without another one that it needs.",
    check(_environment, report, enabled) {
      for (const name of table.names.filter((known) => enabled.has(known))) {
        for (const needed of table.get(name).needs ?? []) {
          if (enabled.has(needed)) continue;
          report(["exceptions"], `leave ${name} without ${needed}, which it needs; switch both on or both off`);
        }
      }
    },
  },
];
