import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const demoVerb: Verb = (program) => {
  program
    .command("demo")
    .description("deploy an environment to the simulated cloud and promote it through every stage")
    .argument("[environment]", "name of the environment; by default the project's first")
    .action((name?: string) =>
      runVerb(async () => {
        const { demo } = await import("../commands/demo.js");
        return demo((text) => process.stdout.write(`${text}\n`), name);
      }),
    );
};
