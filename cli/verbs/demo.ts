import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const demoVerb: Verb = (program) => {
  program
    .command("demo")
    .description("deploy the sandbox to the simulated cloud and promote it through every stage")
    .action(() =>
      runVerb(async () => {
        const { demo } = await import("../commands/demo.js");
        return demo((text) => process.stdout.write(`${text}\n`));
      }),
    );
};
