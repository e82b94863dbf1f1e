import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const warmVerb: Verb = (program) => {
  const warm = program.command("warm").description("execution environments that are ready before requests come");
  const advise = warm
    .command("advise")
    .description("which of nothing, a warmer and provisioned concurrency is cheapest for each service, and why")
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { warmAdvise } = await import("../commands/warm-advise.js");
          return warmAdvise(name);
        }),
      ),
    );
  withManual(advise, {
    examples: [["warm advise prod", "by the traffic and latency objectives that its file states"]],
  });
  withManual(warm, {
    examples: [["warm advise prod", "the cheapest way for each service"]],
    withoutDocument: true,
  });
};
