import type { z } from "zod";
import { jsonSchemaOf, takes } from "../../config/json-schema";

/**
 * The comment of a type or field, for the editor: what it is, what it takes and what it is if left out; followed by a new
 * line unless it is empty.
 * @param meaning in place of the schema's description
 * @param note a sentence more, about where a field comes from
 */
export function documented(schema: z.ZodType | undefined, meaning?: string, note?: string): string {
  const json = schema ? jsonSchemaOf(schema) : {};
  const limits = takes(json);
  const paragraphs = [
    meaning ?? json.description,
    /^(list of )?(integer|number|string)\b.*\d/.test(limits) ? `Takes \`${limits}\`.` : undefined,
    note,
    json.default === undefined ? undefined : `@defaultValue \`${JSON.stringify(json.default)}\``,
  ].filter((paragraph) => paragraph !== undefined);
  const [only, ...more] = paragraphs.map((text) => text.replaceAll("*/", "*\\/"));
  if (only === undefined) return "";
  if (more.length === 0) return `/** ${only} */\n`;
  return [
    "/**",
    ...[only, ...more]
      .join("\n\n")
      .split("\n")
      .map((line) => ` * ${line}`.trimEnd()),
    " */",
    "",
  ].join("\n");
}

export const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
