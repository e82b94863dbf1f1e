import { type Rule, stages } from "../../contract";
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
    id: "a-stage-is-lowered-from-a-later-one",
    statement: "An environment is only lowered from a later stage than the one that it goes back to.",
    check({ stage, loweredFrom }, report) {
      if (loweredFrom === undefined || stages.indexOf(loweredFrom) > stages.indexOf(stage)) return;
      const way = `stages go ${stages.join(" -> ")}`;
      report(
        ["loweredFrom"],
        `is not a later stage than ${stage}, and ${way}; leave it out once the lowering is deployed`,
      );
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
