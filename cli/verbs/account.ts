import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const accountVerb: Verb = (program) => {
  const command = program
    .command("account")
    .description(
      "what an account has to have before an environment is deployed to it: regions, quotas, roles of services",
    )
    .argument("<environment>", "name of the environment")
    .action((name: string, options: OutputOptions) =>
      runVerb(options, () =>
        briefly(`Reading ${name}`, async () => {
          const { account } = await import("../commands/account.js");
          return account(name);
        }),
      ),
    );
  withManual(command, {
    examples: [["account prod", "what to ask of AWS before the first deployment, with the commands"]],
  });
};
