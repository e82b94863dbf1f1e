import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const demoVerb: Verb = (program) => {
  const command = program
    .command("demo")
    .description("deploy an environment to the simulated cloud and promote it through every stage")
    .argument("[environment]", "name of the environment; by default the project's first")
    .action((name: string | undefined, options: OutputOptions) =>
      runVerb(options, async () => {
        const { demo } = await import("../commands/demo.js");
        return demo(name, options);
      }),
    );
  withManual(command, {
    examples: [["demo", "deploy the first environment of the project, and promote it; needs no account"]],
  });
};
