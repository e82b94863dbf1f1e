import { Option } from "commander";
import { engineNames, pipelineNames } from "../../scaffold";
import type { InitOptions } from "../commands/init";
import { type OutputOptions, runVerb } from "../run-verb";
import { pipelineVerb } from "./init-pipeline";
import { commaSeparated } from "./lists";
import { type Verb, withManual } from "./verb";

export const initVerb: Verb = (program) => {
  const command = program
    .command("init")
    .description("write a small project that deploys on the simulated cloud at once; nothing is overwritten")
    .argument("[folder]", "a new or empty folder, by default the current one; ./pipeline for one of this name")
    .addOption(new Option("--engine <name>", "what synthesizes Terraform").choices(engineNames))
    .addOption(new Option("--pipeline <name>", "a pipeline that checks each change").choices(pipelineNames))
    .option("--account <id>", "AWS account of the first environment, 12 digits")
    .option("--home <region>", "region that serves the traffic")
    .option("--standby <regions>", "comma-separated regions that take over", commaSeparated)
    .option("--email <address>", "where alarms go")
    .option("--evenkeel <version>", "version of this package, or where npm finds it; by default the one that runs")
    .option("--no-install", "do not run npm install")
    .option("-y, --yes", "ask nothing")
    .action((folder: string | undefined, options: InitOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { init } = await import("../commands/init.js");
        return init(folder, options);
      }),
    );
  pipelineVerb(command);
  withManual(command, {
    examples: [
      ["init my-platform", "ask a few questions, and write a project into a new folder"],
      ["init my-platform --home eu-west-1 --standby eu-central-1 --yes", "ask nothing"],
      ["init --engine cdktn --pipeline github", "CDK Terrain, and a pipeline on GitHub, in the current folder"],
    ],
  });
};
