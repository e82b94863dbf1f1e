import { z } from "zod";
import { type Rule, stages } from "../contract";
import { organisationConfig, organisationStatements } from "./organisation";
import { baseRules, rulesOfStages } from "./rules";
import type { StageTable } from "./stages";
import { type Toolkit, toolkitWith, withoutExtension } from "./toolkit";

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxLength?: number;
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The reference of environment files as Markdown, from the schema that checks them, including a team's own fields. */
export function environmentReference(toolkit: Toolkit = toolkitWith(withoutExtension)): string {
  const schema = z.toJSONSchema(toolkit.schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
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
    ...rows(schema, "", true),
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
  ].join("\n");
}

/** The reference of what an organisation sets for all environments of a project, as Markdown. */
export function organisationReference(): string {
  const schema = z.toJSONSchema(organisationConfig, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return [
    "# Organisation",
    "",
    "Generated from the schema by `npm run docs`; do not edit. [Extending](../extending.md) says how it is used.",
    "",
    "| field of `organisation` | takes | default | meaning |",
    "|---|---|---|---|",
    ...rows(schema, "", true),
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

function rows(schema: JsonSchema, path: string, required: boolean): string[] {
  const variants = (schema.oneOf ?? schema.anyOf ?? []).filter((variant) => variant.properties);
  const own = path ? [row(schema, path, required)] : [];
  return [
    ...own,
    ...fields(schema, path),
    ...variants.flatMap((variant) => fields(variant, path)),
    ...(schema.items ? rows(schema.items, `${path}[]`, true).slice(schema.items.properties ? 1 : 0) : []),
    ...(typeof schema.additionalProperties === "object" ? nested(schema.additionalProperties, `${path}.*`) : []),
  ];
}

function nested(schema: JsonSchema, path: string): string[] {
  return schema.properties ? fields(schema, path) : [];
}

function fields({ properties = {}, required = [] }: JsonSchema, path: string): string[] {
  return Object.entries(properties).flatMap(([name, field]) =>
    rows(field, path ? `${path}.${name}` : name, required.includes(name)),
  );
}

function row(schema: JsonSchema, path: string, required: boolean): string {
  const fallback =
    schema.default === undefined ? (required ? "required" : "") : `\`${JSON.stringify(schema.default)}\``;
  return `| \`${path}\` | ${takes(schema)} | ${fallback} | ${escaped(schema.description ?? "")} |`;
}

function takes(schema: JsonSchema): string {
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) {
    return schema.enum.length > 12
      ? `one of ${schema.enum.length} values`
      : schema.enum.map((value) => `\`${value}\``).join(" ");
  }
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return [...new Set(options.map(takes))].join(" or ");
  if (schema.type === "array") return `list of ${takes(schema.items ?? {})}`;
  if (schema.type === "object") return schema.additionalProperties ? "map" : "object";
  return `${schema.type ?? "any"}${range(schema)}`;
}

function range({ minimum, maximum, exclusiveMaximum, maxLength }: JsonSchema): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? String(minimum) : "";
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? String(maximum) : "";
  if (exclusiveMaximum !== undefined) return ` ${low}.., below ${exclusiveMaximum}`;
  if (low || high) return ` ${low}..${high}`;
  return maxLength ? `, at most ${maxLength} characters` : "";
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
