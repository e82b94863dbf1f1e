import { Option } from "commander";
import { stages } from "../../contract/stages";
import type { AddEnvironmentOptions, AddServiceOptions, AddTableOptions } from "../commands/add";
import { type OutputOptions, runVerb } from "../run-verb";
import { commaSeparated } from "./lists";
import { type Verb, withManual } from "./verb";

export const addVerb: Verb = (program) => {
  const add = program
    .command("add")
    .description("add an environment, a service or a table to the project; no file is overwritten");
  const where = "comma-separated environments that get it; by default all";
  const load = () => import("../commands/add.js");

  const environment = add
    .command("environment")
    .description("write environments/<name>.ts and list it in evenkeel.config.ts")
    .argument("[name]", "its name; asked for if it is left out")
    .addOption(new Option("--stage <stage>", "its rollout stage").choices(stages))
    .option("--account <id>", "AWS account, 12 digits")
    .option("--home <region>", "region that serves the traffic")
    .option("--standby <regions>", "comma-separated regions that take over", commaSeparated)
    .option("--email <address>", "where alarms go")
    .option(
      "--state-bucket <name>",
      "S3 bucket of its state; without one, from here or the organisation, it is disposable, with local state",
    )
    .option("--state-region <region>", "region of the bucket")
    .option("--state-key <arn>", "KMS key that encrypts the state, in the bucket's region")
    .option("--tags <tags>", "its tags, comma-separated: Team=orders,CostCenter=retail", commaSeparated)
    .option("-y, --yes", "ask nothing")
    .action((name: string | undefined, options: AddEnvironmentOptions & OutputOptions) =>
      runVerb(options, async () => (await load()).addEnvironment(name, options)),
    );
  const service = add
    .command("service")
    .description("write a service with its test, and add it to environments")
    .argument("[name]", "its name; asked for if it is left out")
    .option("--environment <names>", where, commaSeparated)
    .option("-y, --yes", "ask nothing")
    .action((name: string | undefined, options: AddServiceOptions & OutputOptions) =>
      runVerb(options, async () => (await load()).addService(name, options)),
    );
  const table = add
    .command("table")
    .description("add a DynamoDB table to environments")
    .argument("[name]", "its name; asked for if it is left out")
    .option("--partition-key <attribute>", "attribute that items are distributed by, a string")
    .option("--sort-key <attribute>", "attribute that items with one partition key are ordered by, a string")
    .option("--environment <names>", where, commaSeparated)
    .option("-y, --yes", "ask nothing")
    .action((name: string | undefined, options: AddTableOptions & OutputOptions) =>
      runVerb(options, async () => (await load()).addTable(name, options)),
    );
  withManual(environment, {
    examples: [
      ["add environment qa", "ask what the organisation does not give, and write environments/qa.ts"],
      ["add environment qa --stage hardening --tags Team=orders -y", "ask nothing"],
    ],
  });
  withManual(service, {
    examples: [["add service invoices --environment dev,prod", "write a service with its test, for two environments"]],
  });
  withManual(table, {
    examples: [["add table invoices --partition-key customer --sort-key day", "a table for all environments"]],
  });
  withManual(add, {
    examples: [
      ["add environment qa --stage hardening -y", "an environment"],
      ["add service invoices", "a service, for all environments"],
      ["add table invoices --partition-key customer", "a table"],
    ],
    withoutDocument: true,
  });
};
