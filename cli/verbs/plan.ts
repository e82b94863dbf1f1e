import type { PlanOptions } from "../commands/plan";
import { type OutputOptions, runVerb } from "../run-verb";
import { positiveNumber } from "./numbers";
import { type Verb, withManual } from "./verb";

export const planVerb: Verb = (program) => {
  const command = program
    .command("plan")
    .description(
      "plan a whole rollout, also the stacks that read what others will put out, and check it; nothing is applied",
    )
    .argument("<environment>", "name of the environment")
    .option("--out <folder>", "write a bundle there, for a review and for apply; it may hold secrets")
    .option(
      "--encrypt-with <arn...>",
      "KMS keys or aliases to encrypt the bundle with, each of which opens it; by default those of rollout.bundles of the environment",
    )
    .option("--first-deployment", "the states are still empty: keys and what holds data may be created from nothing")
    .option(
      "--base <base>",
      "a commit, a cdktf output folder or a bundle that is applied: stacks that are the same there are not planned",
    )
    .option("--stacks <names>", "comma-separated stacks, as in keys,data; by default all")
    .option("--concurrency <number>", "how many stacks to plan at once", positiveNumber)
    .option("--detailed-exitcode", "exit code 2 if there is something to apply, as terraform plan has it")
    .option("--summary <file>", "write a summary for reviewers there, as Markdown; it holds no values")
    .option("--github", "in GitHub Actions: the summary and outputs of the step, and annotations")
    .option("--gitlab <file>", "in GitLab CI: write the report of artifacts:reports:terraform there")
    .option(
      "--comment",
      "put the summary into a comment of the pull request or merge request, in place of the last one; with GITHUB_TOKEN or GITLAB_TOKEN",
    )
    .action((name: string, options: PlanOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { plan } = await import("../commands/plan.js");
        return plan(name, options);
      }),
    );
  withManual(command, {
    examples: [
      ["plan prod", "what a rollout would do to each stack, and what the gates say"],
      [
        "plan prod --base origin/main",
        "only the stacks that differ from what main synthesizes, and what reads of them",
      ],
      ["plan prod --out rollouts --json", "the same as a document, and a bundle that apply takes"],
      [
        "plan prod --out rollouts --encrypt-with arn:aws:kms:eu-west-1:444444444444:alias/rollouts",
        "the bundle encrypted with a key of KMS",
      ],
      ["plan prod --out rollouts --github --comment", "in a workflow of GitHub, for the pull request"],
      ["plan prod --out rollouts --gitlab plan.json --comment", "in a pipeline of GitLab, for the merge request"],
    ],
    exitCodes: {
      0: "it was planned, and no gate refuses it",
      1: "a violation or a failure",
      2: "with --detailed-exitcode: there is something to apply",
      "128+": "it was told to stop: 128 and the number of the signal",
    },
  });
};
