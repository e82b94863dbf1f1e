import type { RedriveVerbOptions } from "../commands/redrive";
import { type OutputOptions, runVerb } from "../run-verb";
import { commaSeparated } from "./lists";
import { type Verb, withManual } from "./verb";

export const redriveVerb: Verb = (program) => {
  const command = program
    .command("redrive")
    .description(
      "what dead letters an environment has and why, and with --start sends them back to where they come from",
    )
    .argument("<environment>", "name of the environment")
    .option("--start", "send them; without it nothing is sent")
    .option("--queues <names>", "only these queues of dead letters, with commas between them", commaSeparated)
    .option("--regions <regions>", "only these regions", commaSeparated)
    .option("--reasons <codes>", "only letters with these reasons, as the table has them", commaSeparated)
    .option("--rate <number>", "letters a second; by default 10")
    .option("--limit <number>", "at most so many letters")
    .option("--sample <number>", "how many letters of each queue to look at for the table; by default 100")
    .option(
      "--repeatable <names>",
      "functions that may handle a message twice although they have no table of handled events",
      commaSeparated,
    )
    .option(
      "--remember-days <days>",
      "how long consumers remember what they have handled; older letters are left; by default 8",
    )
    .option("--auto-approve", "do not ask")
    .action((name: string, options: RedriveVerbOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { redrive } = await import("../commands/redrive.js");
        return redrive(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["redrive prod", "how many dead letters there are, how old, and why"],
      ["redrive prod --start --limit 10", "send ten of them again, after a question"],
      [
        "redrive prod --queues prod-shipments-failed-events --rate 50 --start --auto-approve",
        "send those of one queue, fifty a second, without a question",
      ],
    ],
    exitCodes: { 0: "nothing is left that was asked for", 1: "letters were left, or refused" },
  });
};
