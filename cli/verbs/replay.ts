import type { ReplayVerbOptions } from "../commands/replay";
import { type OutputOptions, runVerb } from "../run-verb";
import { commaSeparated } from "./lists";
import { type Verb, withManual } from "./verb";

export const replayVerb: Verb = (program) => {
  const command = program
    .command("replay")
    .description("what a window of an environment's event archives would bring again, and with --start replays it")
    .argument("<environment>", "name of the environment")
    .option("--from <time>", "when the window begins: 2026-11-26T08:00Z, or how long ago, 90m, 6h, 2d")
    .option("--to <time>", "when it ends; by default 10 minutes ago, before which archives are complete")
    .option("--start", "replay it; without it nothing is replayed")
    .option("--resume", "go on with a replay that was interrupted")
    .option("--discard", "forget a replay that was interrupted")
    .option("--buses <names>", "only the archives of these buses, with commas between them", commaSeparated)
    .option("--regions <regions>", "only the archives in these regions", commaSeparated)
    .option("--rules <names>", "only through these rules; by default through all of the bus", commaSeparated)
    .option("--speed <number>", "how many times as fast as the events came, at most; by default 10")
    .option("--slice-minutes <minutes>", "how much of the archive is replayed at a time; by default 10")
    .option(
      "--repeatable <names>",
      "functions that may handle an event twice although they have no table of handled events",
      commaSeparated,
    )
    .option(
      "--remember-days <days>",
      "how long consumers remember what they have handled; an older window is refused; by default 8",
    )
    .option("--auto-approve", "do not ask")
    .action((name: string, options: ReplayVerbOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { replay } = await import("../commands/replay.js");
        return replay(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["replay prod --from 6h", "what replaying the last six hours would bring, and to whom"],
      [
        "replay prod --from 2026-11-26T08:00Z --to 2026-11-26T09:30Z --regions eu-west-1 --start",
        "replay a window in one region, after a question",
      ],
      ["replay prod --resume --auto-approve", "go on with a replay that was interrupted"],
    ],
    exitCodes: { 0: "nothing is left to be replayed", 1: "something is left, or refused" },
  });
};
