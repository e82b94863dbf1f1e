import { type Rule, stages } from "../contract";
import { fieldsOf, jsonSchemaOf, type SchemaField, takes } from "./json-schema";
import { organisationConfig, organisationStatements } from "./organisation";
import { previewRules } from "./previews";
import { baseRules, rulesOfStages } from "./rules";
import type { StageTable } from "./stages";
import { type Toolkit, toolkitWith, withoutExtension } from "./toolkit";

/** The reference of environment files as Markdown, from the schema that checks them, including a team's own fields. */
export function environmentReference(toolkit: Toolkit = toolkitWith(withoutExtension)): string {
  const schema = jsonSchemaOf(toolkit.schema);
  return [
    "# Environment files",
    "",
    "Generated from the schema by `npm run docs`; do not edit.",
    "",
    "`[]` stands for each entry of a list, `*` for each name of a map. A field without a default is required if the object",
    "that contains it is given.",
    "",
    "| field | takes | default | meaning |",
    "|---|---|---|---|",
    ...fieldsOf(schema).map(row),
    "",
    "## Stages",
    "",
    stageTableOf(toolkit.stages),
    "",
    "## Rules",
    "",
    "Rules between fields are checked at synth as well; all mistakes of a file are reported at once.",
    "",
    ruleTable(toolkit),
    "",
    "Of [previews](../how-to/preview-pull-requests.md) alone:",
    "",
    ...markdownOf(previewRules),
    "",
  ].join("\n");
}

/** The reference of what an organisation sets for all environments of a project, as Markdown. */
export function organisationReference(): string {
  const schema = jsonSchemaOf(organisationConfig);
  return [
    "# Organisation",
    "",
    "Generated from the schema by `npm run docs`; do not edit. [Extending](../extending.md) says how it is used.",
    "",
    "| field of `organisation` | takes | default | meaning |",
    "|---|---|---|---|",
    ...fieldsOf(schema).map(row),
    "",
    "## Rules",
    "",
    ...markdownOf(organisationStatements),
    "",
  ].join("\n");
}

/** The table of what each stage brings, as Markdown. */
export function stageTableOf(table: StageTable): string {
  return [
    `| capability | ${stages.join(" | ")} | brings |`,
    `|---|${stages.map(() => "---|").join("")}---|`,
    ...table.names.map((name) => {
      const brought = stages.map((stage) => (table.brings(stage, name) ? "yes" : ""));
      return `| \`${name}\` | ${brought.join(" | ")} | ${table.get(name).brings} |`;
    }),
  ].join("\n");
}

/** The table of the rules that environments are checked against, as Markdown. */
export function ruleTable({ stages: table, rules }: Toolkit): string {
  return markdownOf([...baseRules, ...rulesOfStages(table), ...rules]).join("\n");
}

const markdownOf = (rules: readonly Pick<Rule, "id" | "statement">[]): string[] => [
  "| rule | what must hold |",
  "|---|---|",
  ...rules.map(({ id, statement }) => `| \`${id}\` | ${statement} |`),
];

function row({ schema, path, required }: SchemaField): string {
  const fallback =
    schema.default === undefined ? (required ? "required" : "") : `\`${JSON.stringify(schema.default)}\``;
  return `| \`${path}\` | ${takes(schema)} | ${fallback} | ${escapedForTable(schema.description ?? "")} |`;
}

/** A text as a cell of a Markdown table. */
export const escapedForTable = (text: string): string => text.replaceAll("|", "\\|");
