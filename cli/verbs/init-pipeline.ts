import { Argument, type Command, Option } from "commander";
import type { PipelineSystem } from "../../scaffold/pipelines";
import { pipelineSystems } from "../../scaffold/pipelines/settings";
import type { InitPipelineOptions } from "../commands/init-pipeline";
import { type OutputOptions, runVerb } from "../run-verb";
import { commaSeparated } from "./lists";
import { positiveNumber } from "./numbers";
import { withManual } from "./verb";

/** Adds `init pipeline` below `init`. */
export function pipelineVerb(init: Command): void {
  const command = init
    .command("pipeline")
    .description(
      "write the pipeline of a project, or bring it up to date: reviews, rollouts and drift; what somebody edited is left alone",
    )
    .addArgument(new Argument("<system>", "what runs it").choices(pipelineSystems))
    .option(
      "--environments <names>",
      "comma-separated environments; by default all that have their states in S3",
      commaSeparated,
    )
    .option("--branch <name>", "branch whose merges are applied; main by default")
    .option("--install <command>", "command that installs the packages; npm ci --ignore-scripts by default")
    .option("--runner <label>", "label of the runners of GitHub, tag of those of GitLab")
    .option("--drift <cron>", 'when drift is looked for, in UTC, or none; "17 4 * * *" by default')
    .option(
      "--session-minutes <number>",
      "how long the session of an apply lasts on GitHub, which its role has to allow; 60 by default",
      positiveNumber,
    )
    .addOption(
      new Option("--on-alarm <what>", "what apply does once services are not healthy; stop by default").choices([
        "stop",
        "back",
      ]),
    )
    .option("--scan", "let Checkov look at each change as well")
    .option("--no-scan", "no longer")
    .option("--code-scanning", "send findings to code scanning of GitHub")
    .option("--no-code-scanning", "no longer")
    .option("--automatic <names>", "comma-separated environments that GitLab applies without a person", commaSeparated)
    .option("--repository <name>", "the repository as Atlantis names it: github.com/acme/platform")
    .option("--check", "write nothing; exit code 1 if a file is not up to date")
    .option("--force", "overwrite what somebody edited")
    .action((system: PipelineSystem, options: InitPipelineOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { initPipeline } = await import("../commands/init-pipeline.js");
        const { json: _json, wide: _wide, ...asked } = options;
        return initPipeline(system, asked);
      }),
    );
  withManual(command, {
    examples: [
      ["init pipeline github", "workflows for all environments with states in S3"],
      ["init pipeline github --check", "in the pipeline: fail if somebody forgot to run it again"],
      ["init pipeline github --environments staging,prod --scan --code-scanning", "for two, and with Checkov"],
      ["init pipeline gitlab --automatic dev,staging", "jobs of GitLab CI; a person starts the apply of prod"],
      ["init pipeline atlantis --repository github.com/acme/platform", "atlantis.yaml, and what its server needs"],
    ],
    exitCodes: {
      0: "the files are as they should be",
      1: "with --check: a file is not up to date; a file was edited, and nothing is written; an option does not fit",
    },
  });
}
