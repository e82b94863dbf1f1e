import type { AuditOptions } from "../commands/audit";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const auditVerb: Verb = (program) => {
  const command = program
    .command("audit")
    .description("check licences and known vulnerabilities of the packages that are in bundles")
    .argument("[environment]", "name of the environment, or several with commas; by default all of them")
    .option("--licences-only", "check licences alone, and ask no registry")
    .option("--sarif <file>", "write what fails as SARIF, what has a reason as suppressed")
    .action((names: string | undefined, options: AuditOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { audit } = await import("../commands/audit.js");
        return audit(names, options);
      }),
    );
  withManual(command, {
    examples: [
      ["audit prod", "licences by the list in evenkeel.config.ts, and what npm's registry knows of vulnerabilities"],
      ["audit --licences-only", "licences of all environments, without the network"],
      ["audit prod --sarif audit.sarif", "the same, and a file for a code host"],
    ],
    exitCodes: {
      0: "everything was checked, nothing fails, and every reason is needed",
      1: "a licence or a vulnerability fails without a reason, or a reason is not needed any more",
      2: "vulnerabilities were not checked: the registry did not answer, or the project has no lock file of npm",
    },
  });
};
