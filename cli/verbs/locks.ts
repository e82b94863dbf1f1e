import type { LocksOptions } from "../commands/locks";
import { type OutputOptions, runVerb } from "../run-verb";
import { commaSeparated } from "./lists";
import { type Verb, withManual } from "./verb";

export const locksVerb: Verb = (program) => {
  const command = program
    .command("locks")
    .description("write the lock files of an environment's stacks into locks/, for version control")
    .argument("<environment>", "name of the environment")
    .option(
      "--platforms <names>",
      "platforms, with commas between them; linux, darwin and windows by default",
      commaSeparated,
    )
    .option("--mirror <place>", "folder or https address of a mirror, in place of the registries of providers")
    .action((name: string, options: LocksOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { locks } = await import("../commands/locks.js");
        return locks(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["locks prod", "for Linux, macOS and Windows; for this machine alone if the registry cannot be reached"],
      ["locks prod --platforms linux_amd64,linux_arm64", "for these, or not at all"],
      ["locks prod --mirror /opt/terraform-providers", "from a mirror of the providers"],
    ],
  });
};
