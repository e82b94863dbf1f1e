import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const migrationsVerb: Verb = (program) => {
  const command = program
    .command("migrations")
    .description("the migrations of an environment's databases, and what in them would lock or drop what is in use")
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, async () => {
        const { migrations } = await import("../commands/migrations.js");
        return migrations(name);
      }),
    );
  withManual(command, {
    examples: [["migrations prod", "the migrations of prod's databases, in order, and what is refused"]],
    exitCodes: { 0: "nothing is refused", 1: "a migration is refused" },
  });
};
