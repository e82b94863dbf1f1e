import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

interface Options extends OutputOptions {
  readonly stage?: string;
  readonly plans?: string;
  readonly checks?: string;
  readonly sarif?: string;
}

export const scanVerb: Verb = (program) => {
  const command = program
    .command("scan")
    .description("check the plans of a first deployment by Checkov, with a reason in code for all that fails")
    .argument("[environment]", "name of the environment, or several with commas; by default all of them")
    .option("--stage <stage>", "stage to check; by default the environment's own")
    .option("--plans <folder>", "check the plan.json of each stack in this output folder, and plan nothing")
    .option("--checks <folder>", "a folder with checks of your own for Checkov")
    .option("--sarif <file>", "write what fails as SARIF, what has a reason as suppressed")
    .action((names: string | undefined, options: Options) =>
      runVerb(options, async () => {
        const { scan } = await import("../commands/scan.js");
        return scan(names, options);
      }),
    );
  withManual(command, {
    examples: [
      ["scan prod", "what Checkov finds in prod, with the reason of what stays as it is"],
      ["scan prod --stage foundation --sarif scan.sarif", "the same at another stage, and a file for a code host"],
      ["scan prod --plans cdktf.out", "check plans that a pipeline has made already"],
    ],
    exitCodes: {
      0: "every check that fails has a reason, and every reason is needed",
      1: "a check fails without a reason, or a reason is not needed any more",
      2: "nothing was checked, or not everything: Checkov is missing or of another major version, or a plan is not complete",
    },
  });
};
