import type { RunOptions } from "../deployment/run";
import { type OutputOptions, runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const previewsVerb: Verb = (program) => {
  const previews = program
    .command("previews")
    .description("environments of pull requests, which are destroyed once they have expired");

  const list = previews
    .command("list")
    .description("the previews that stand, and when they expire")
    .action((options: OutputOptions) =>
      runVerb(options, async () => {
        const { previewsList } = await import("../commands/previews.js");
        return previewsList();
      }),
    );
  withManual(list, { examples: [["previews list", "what stands, by whom, and until when"]] });

  const sweep = previews
    .command("sweep")
    .description("destroy the previews that have expired, whatever is checked out")
    .option("--auto-approve", "do not ask")
    .option("--concurrency <number>", "how many stacks to work on at once", positiveNumber)
    .action((options: RunOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { previewsSweep } = await import("../commands/previews.js");
        return previewsSweep(options);
      }),
    );
  withManual(sweep, {
    examples: [["previews sweep --auto-approve", "in a job on a schedule: destroys what has expired"]],
    exitCodes: { 0: "nothing that has expired stands", 1: "something that has expired still stands" },
  });

  withManual(previews, { examples: [["previews list", "the previews that stand"]], withoutDocument: true });
};
