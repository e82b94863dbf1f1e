import type { BundleShowOptions } from "../commands/bundle-show";
import { type OutputOptions, runVerb } from "../run-verb";
import { type Verb, withManual } from "./verb";

export const bundleVerb: Verb = (program) => {
  const bundle = program.command("bundle").description("files that `plan --out` has written");
  const show = bundle
    .command("show")
    .description("check a bundle against its checksums, and print what it holds; no values of its plans")
    .argument("<bundle>", "file that `plan --out` has written")
    .option("--markdown", "print the summary for reviewers, as Markdown")
    .action((file: string, options: BundleShowOptions & OutputOptions) =>
      runVerb(options, async () => {
        const { bundleShow } = await import("../commands/bundle-show.js");
        return bundleShow(file, options);
      }),
    );
  withManual(show, {
    examples: [
      ["bundle show rollouts/prod-4f1c.rollout", "environment, commit, versions, and what is planned for each stack"],
      ["bundle show rollouts/prod-4f1c.rollout --markdown", "the whole summary, however long it is"],
    ],
    exitCodes: {
      0: "it is as it was written",
      2: "the file is no bundle, or not the one of this name",
    },
  });
  withManual(bundle, {
    examples: [["bundle show rollouts/prod-4f1c.rollout", "what a bundle holds"]],
    withoutDocument: true,
  });
};
