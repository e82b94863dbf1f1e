import type { QuotasVerbOptions } from "../commands/quotas";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const quotasVerb: Verb = (program) => {
  const command = program
    .command("quotas")
    .description("how much of its account's quotas an environment uses in each region, and what to ask of AWS")
    .argument("<environment>", "name of the environment")
    .option("--read", "ask Service Quotas what the account has, with your AWS credentials")
    .action((name: string, options: QuotasVerbOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { quotas } = await import("../commands/quotas.js");
        return quotas(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["quotas prod", "what prod uses of the quotas of its file, and of AWS's defaults"],
      ["quotas prod --read", "the same with what the account has"],
    ],
    exitCodes: {
      0: "every quota holds the environment",
      1: "a quota is exceeded, or AWS could not be asked",
    },
  });
};
