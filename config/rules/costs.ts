import type { Rule } from "../../contract";
import { suggestion } from "../../modules/core";

/** What `costs` names is there; a name that is not would change nothing, without a word. */
const costsNameWhatIsThere: Rule = {
  id: "costs-name-what-is-there",
  statement: "Tables and databases whose size is stated in costs are those of the environment.",
  check({ costs, tables, databases }, report) {
    const check = (field: keyof typeof costs, what: string, named: object, known: readonly { name: string }[]) => {
      const names = known.map(({ name }) => name);
      for (const name of Object.keys(named)) {
        if (names.includes(name)) continue;
        report(
          ["costs", field, name],
          names.length === 0
            ? `is no ${what} of this environment, which has none; remove it`
            : `is no ${what} of this environment; ${suggestion(name, names)}`,
        );
      }
    };
    check("tableGb", "table", costs.tableGb, tables);
    check("databaseGb", "database", costs.databaseGb, databases);
    check("databaseAcus", "database", costs.databaseAcus, databases);
  },
};

export const costRules: readonly Rule[] = [costsNameWhatIsThere];
