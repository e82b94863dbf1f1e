import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { stages } from "../config";
import project from "../evenkeel.config";
import { type ExplainedWildcard, makeSynthesisFaster, readWildcards } from "../modules/core";
import { buildStacks } from "../stacks";
import { readStackFolders } from "../terraform";

/** The wildcards in the policies of every environment of the project at every stage, as they stand beside the stacks. */
export function wildcardsOfProject(): ExplainedWildcard[] {
  makeSynthesisFaster();
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-wildcards-"));
  try {
    return project.environments.flatMap((environment) =>
      stages.flatMap((stage) => {
        const outdir = join(folder, `${environment.name}-${stage}`);
        const app = new App({ outdir, stackTraces: false });
        buildStacks(app, environment.resolve({ stage, localStateDirectory: ".evenkeel/state" }));
        app.synth();
        return readStackFolders(outdir).flatMap(({ folder: at }) => readWildcards(at));
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const titles: Readonly<Record<ExplainedWildcard["every"], readonly [title: string, about: string]>> = {
  action: [
    "Every action of a service",
    "`*` or `<service>:*` as an action. No statement allows one: all of these deny.",
  ],
  resource: ["Every resource", "`*` as a resource."],
  principal: ["Every principal", "`*` as a principal, in policies of resources."],
};

/** One row for each statement of each type of resource. */
function rows(wildcards: readonly ExplainedWildcard[]): string[] {
  const lines = wildcards.map(({ address, sid, effect, actions, reason = "" }) => {
    const shown =
      actions.length > 4 ? `${actions.slice(0, 3).join(", ")} and ${actions.length - 3} more` : actions.join(", ");
    const name = sid === undefined ? "" : `${sid}: `;
    return `| \`${address.split(".")[0]}\` | ${name}${effect} ${shown.replaceAll("*", "\\*")} | ${reason.replaceAll("|", "\\|")} |`;
  });
  return [...new Set(lines)].sort();
}

/** The reference of what policies name by `*`, as Markdown. */
export function wildcardsPage(wildcards: readonly ExplainedWildcard[]): string {
  return [
    "# What policies name by *",
    "",
    "Every `*` that stands alone in the policies of the environments of this repository, at any stage, with its reason. Written by `npm run docs`.",
    "",
    "The reason stands in the code beside the `*`, in `wildcards` of the statement: `policyDocument` and the roles of modules refuse a statement without one.",
    "`policy-wildcards.json` beside the `cdk.tf.json` of each stack has those of your own environment, by address; a service's `permissions` have theirs from",
    "`reason` in the environment's file.",
    ...(["action", "resource", "principal"] as const).flatMap((every) => {
      const [title, about] = titles[every];
      return [
        "",
        `## ${title}`,
        "",
        about,
        "",
        "| policy of | statement | why |",
        "|---|---|---|",
        ...rows(wildcards.filter((wildcard) => wildcard.every === every)),
      ];
    }),
    "",
  ].join("\n");
}
