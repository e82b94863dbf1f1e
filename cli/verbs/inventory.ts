import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const inventoryVerb: Verb = (program) => {
  program
    .command("inventory")
    .description("list what exists in the simulated cloud, and what no state knows")
    .option("--directory <folder>", "folder of the simulated cloud; by default .evenkeel/simulated")
    .option("--orphans", "only list what no state knows; ends with 1 if there is something")
    .option("--delete-orphans", "delete what no state knows, as one would by hand in AWS")
    .option("--seed <files...>", "first take in what copies of states describe")
    .option("--region <region>", "with --seed: region of what its state does not tell one for")
    .option("--account <id>", "with --seed: account of what its state does not tell one for")
    .action((options: Readonly<Record<"directory" | "region" | "account", string | undefined>> & Flags) =>
      runVerb(async () => {
        const { inventory } = await import("../commands/inventory.js");
        return inventory(options);
      }),
    );
};

interface Flags {
  readonly orphans?: boolean;
  readonly deleteOrphans?: boolean;
  readonly seed?: readonly string[];
}
