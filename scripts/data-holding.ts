import { dataHoldingTypes, supportingTypes } from "../gates";

const table = (types: Readonly<Record<string, string>>): string[] => [
  "| type | holds |",
  "|---|---|",
  ...Object.entries(types)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([type, holds]) => `| \`${type}\` | ${holds} |`),
];

/** The reference of the resource types that gates do not let a plan destroy or replace, as Markdown. */
export function dataHoldingPage(): string {
  return [
    "# What holds data or keys",
    "",
    "No plan that destroys or replaces a resource of these types passes the gates, unless its removal is acknowledged. Written by `npm run docs`.",
    "",
    ...table(dataHoldingTypes),
    "",
    "## What supports it",
    "",
    ...table(supportingTypes),
    "",
  ].join("\n");
}
