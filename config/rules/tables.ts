import type { Rule } from "../../contract";
import { strongConsistencyProblem } from "../../modules/replicated-table";

const strongTablesFitTheRegions: Rule = {
  id: "strong-tables-fit-the-regions",
  statement: "A strongly consistent table has its regions from the first day: no stage may add them later.",
  check({ tables, regions }, report, enabled) {
    const standby = enabled.has("replicatedTables") ? regions.standby : [];
    tables.forEach(({ consistencyMode, witnessRegion }, index) => {
      if (consistencyMode !== "STRONG") return;
      const wrong = strongConsistencyProblem({ regions: [regions.home, ...standby], witnessRegion });
      if (wrong) report(["tables", index, "consistencyMode"], `${wrong.problem}; ${wrong.remedy}`);
    });
  },
};

export const tableRules: readonly Rule[] = [strongTablesFitTheRegions];
