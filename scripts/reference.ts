import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { environmentConfig } from "../environments";
import { capabilities, capabilityNames, stages } from "../environments/stages";

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** The reference of an environment file, as Markdown, from the schema that checks it. */
export function environmentReference(): string {
  const schema = z.toJSONSchema(environmentConfig, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return [
    "# Environment files",
    "",
    "Generated from `environments/schema.ts` by `npm run docs`; do not edit.",
    "",
    "`[]` stands for each entry of a list, `*` for each name of a map. A field without a default must be given, if the object",
    "that it is in is given.",
    "",
    "| field | takes | default | meaning |",
    "|---|---|---|---|",
    ...rows(schema, "", true),
    "",
    "## Stages",
    "",
    stageTable(),
    "",
  ].join("\n");
}

/** The table of what each stage brings, as Markdown. */
export function stageTable(): string {
  return [
    `| capability | ${stages.join(" | ")} | brings |`,
    `|---|${stages.map(() => "---|").join("")}---|`,
    ...capabilityNames.map((name) => {
      const since = stages.indexOf(capabilities[name].since);
      return `| \`${name}\` | ${stages.map((_, index) => (index >= since ? "yes" : "")).join(" | ")} | ${capabilities[name].brings} |`;
    }),
  ].join("\n");
}

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

function range({ minimum, maximum, maxLength }: JsonSchema): string {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? String(minimum) : "";
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? String(maximum) : "";
  if (low || high) return ` ${low}..${high}`;
  return maxLength ? `, at most ${maxLength} characters` : "";
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (require.main === module) {
  writeFileSync(join("docs", "reference", "environment.md"), environmentReference());
}
