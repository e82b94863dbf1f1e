import type { SentAttribute } from "./attributes";
import { type Checked, checkOf } from "./sources";

/** The share of attributes that something checks, of those that the toolkit does not compute itself. */
export function shareOf(attributes: readonly SentAttribute[]): { checked: number; all: number; percent: number } {
  const set = attributes.map(checkOf).filter(({ by }) => by !== "toolkit");
  const checked = set.filter(({ by }) => by !== "nothing").length;
  return { checked, all: set.length, percent: Math.floor((checked / set.length) * 1000) / 10 };
}

/** The reference of values, as Markdown. */
export function valuesPage(attributes: readonly SentAttribute[]): string {
  const { checked, all, percent } = shareOf(attributes);
  const rows = attributes.map((attribute) => ({ ...attribute, ...checkOf(attribute) }));
  const counts = [...grouped(rows, ({ by }) => by)].sort(([, a], [, b]) => b.length - a.length);
  const types = [...grouped(rows, ({ type }) => type)].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    "# Values",
    "",
    "<!-- Written by `npm run freeze`, from what is synthesized for all environments at all stages and for every option. -->",
    "",
    `Every attribute that the toolkit sends, and what checks its values at synthesis. ${checked} of ${all} are checked, ${percent} %. What`,
    "the toolkit computes itself is not counted. How it is done: [0019](../adr/0019-values.md).",
    "",
    "| checked by | attributes | what that is |",
    "|---|---|---|",
    ...counts.map(([by, { length }]) => `| ${by} | ${length} | ${explained[by]} |`),
    "",
    ...types.flatMap(([type, list]) => [
      `## ${type}`,
      "",
      "| attribute | checked by | where, or why not |",
      "|---|---|---|",
      ...[...list]
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .map(({ path, by, where }) => `| \`${path}\` | ${by} | ${linked(where)} |`),
      "",
    ]),
  ].join("\n");
}

function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

const explained: Readonly<Record<Checked["by"], string>> = {
  "API model": "the model of the service's API, as botocore has it",
  "own rule": "AWS's documentation, written down by us",
  "cfn-lint": "the CloudFormation schema, as cfn-lint has it",
  boolean: "on or off",
  reference: "always a reference to another resource, which is known after its creation",
  language: "a text in a language of its own",
  provider: "`terraform validate`",
  toolkit: "nobody sets it",
  nothing: "nothing",
};

const linked = (where: string): string =>
  where.replace(/https:\/\/\S+/, (url) => `[${url.split("/").at(-1) || url}](${url})`).replaceAll("|", "\\|");
