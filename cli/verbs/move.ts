import type { MoveOptions } from "../commands/move";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

const collected = (value: string, before: readonly string[] = []): string[] => [...before, value];

export const moveVerb: Verb = (program) => {
  const command = program
    .command("move")
    .description(
      "write what the states of an environment rename, let go and take in, and show on copies of them that the plan after it is empty",
    )
    .argument("<environment>", "name of the environment")
    .option(
      "--rename <from=to>",
      "[stack:]address in a state, and the one that is configured now; repeatable",
      collected,
    )
    .option("--forget <address>", "[stack:]address of what leaves its state and stays in AWS; repeatable", collected)
    .option("--reason <sentence>", "why these leave their state; gates print it")
    .option("--expires <day>", "last day on which gates accept that, as 2027-01-31; 30 days from now by default")
    .option(
      "--import <address=id>",
      "[stack:]address of what takes in an object of AWS, and its id; repeatable",
      collected,
    )
    .option("--adopt", "take in all objects that exist under the names of new resources")
    .option("--dry-run", "write nothing")
    .option("--clean", "take out of the file what the states have behind them")
    .action((name: string, options: MoveOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { move } = await import("../commands/move.js");
        return move(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["move prod", "what has another name in the configuration, or another stack, than in the states"],
      ["move prod --adopt", "the same, and what exists already of what would be created"],
      ["move prod --import aws_kms_key.orders=1234abcd-12ab-34cd-56ef-1234567890ab", "take in this key"],
      [
        "move prod --forget data:aws_dynamodb_table.legacy --reason handed-over-to-billing",
        "leave a table in AWS, and out of the state",
      ],
      ["move prod --clean", "after an apply: take out of the file what is done"],
    ],
  });
};
