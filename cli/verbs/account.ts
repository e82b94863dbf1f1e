import { runVerb } from "../run-verb";
import type { Verb } from "./verb";

export const accountVerb: Verb = (program) => {
  program
    .command("account")
    .description(
      "what an account has to have before an environment is deployed to it: regions, quotas, roles of services",
    )
    .argument("<environment>", "name of the environment")
    .action((name: string) =>
      runVerb(async () => {
        const { account } = await import("../commands/account.js");
        return account(name);
      }),
    );
};
