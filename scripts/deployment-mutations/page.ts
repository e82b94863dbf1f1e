import type { Caught, MutationsOfKind } from "./mutation";
import { ofTheFile } from "./of-the-file";
import { ofTheOutput } from "./of-the-output";

/** Every change of a deployed environment that is tried, by kind. */
export const deploymentMutations: readonly MutationsOfKind[] = [...ofTheFile, ...ofTheOutput];

/** Where a change is caught, in a few words. */
export const shownCaught = (caught: Caught): string =>
  "harmless" in caught ? `harmless: ${caught.harmless}` : caught.by;

/** The page of all changes, as Markdown. */
export function deploymentMutationsPage(): string {
  const all = deploymentMutations.flatMap(({ mutations }) => mutations);
  const harmless = all.filter(({ caught }) => "harmless" in caught).length;
  return [
    "# What changes after a deployment, and what catches it",
    "",
    `A test deploys the sample environment prod to the simulated cloud, makes each of these ${all.length} changes, and has Terraform plan it.`,
    `${all.length - harmless} are caught: by synthesis, by the plan itself with what the driver says of it, or by a [gate](../../gates/README.md) before anything is applied.`,
    `${harmless} lose nothing, and no gate asks about them. Written by \`npm run docs\`.`,
    ...deploymentMutations.flatMap(({ title, mutations }) => [
      "",
      `## ${title}`,
      "",
      "| change | caught by |",
      "|---|---|",
      ...mutations.map(({ what, caught }) => `| ${what.replaceAll("|", "\\|")} | ${shownCaught(caught)} |`),
    ]),
    "",
  ].join("\n");
}
