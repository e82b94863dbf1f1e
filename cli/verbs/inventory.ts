import type { InventoryOptions } from "../commands/inventory";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const inventoryVerb: Verb = (program) => {
  const command = program
    .command("inventory")
    .description("list what exists in the simulated cloud, and what no state knows")
    .option("--directory <folder>", "folder of the simulated cloud; by default .evenkeel/simulated")
    .option("--orphans", "only list what no state knows; ends with 1 if there is something")
    .option("--delete-orphans", "delete what no state knows, as one would by hand in AWS")
    .option("--seed <files...>", "first take in what copies of states describe")
    .option("--region <region>", "with --seed: region of what its state does not tell one for")
    .option("--account <id>", "with --seed: account of what its state does not tell one for")
    .action((options: InventoryOptions & OutputOptions) =>
      runVerb(options, () =>
        briefly("Reading the simulated cloud", async () => {
          const { inventory } = await import("../commands/inventory.js");
          return inventory(options);
        }),
      ),
    );
  withManual(command, {
    examples: [
      ["inventory", "what the simulated cloud of this project holds"],
      ["inventory --orphans", "only what no state knows, as after a Terraform that was killed"],
      [
        "inventory --seed prod-data.tfstate --region eu-west-1",
        "take in a copy of a real state, whose names are taken then",
      ],
    ],
    exitCodes: { 0: "the list was printed", 1: "with --orphans: there are some" },
  });
};
