import { z } from "zod";
import { errorDocument } from "../../cli/document";
import { documents } from "../../cli/documents";
import { fieldsOf, type JsonSchema, takes } from "../../config/json-schema";
import { escapedForTable } from "../../config/reference";

/** The reference of what verbs print with `--json`, as Markdown, from the schemas of their documents. */
export function jsonPage(): string {
  return [
    "# JSON of the verbs",
    "",
    "Generated from the schemas by `npm run docs`; do not edit.",
    "",
    "With `--json` a verb prints one document on standard output, and everything else on standard error. The exit code is the same as without. `init` and",
    "`add` ask nothing then. A test holds what each verb prints against its schema, which allows no other field.",
    "",
    "`version` goes up when a field is removed or means something else. New fields may come at any time: ignore those that you do not know.",
    "",
    "`[]` stands for each entry of a list, `*` for each name of a map. A field that is not always there says so; `null` stands for nothing.",
    "",
    "## Errors",
    "",
    "In place of its document, where a verb could not do its work:",
    "",
    ...table(errorDocument),
    ...documents.flatMap(({ verb, version, schema }) => [
      "",
      `## ${verb}`,
      "",
      `[What it does](verbs.md#${verb.replaceAll(" ", "-")}). Version ${version}.`,
      "",
      ...table(schema),
    ]),
    "",
  ].join("\n");
}

function table(schema: z.ZodType): string[] {
  const all = fieldsOf(z.toJSONSchema(schema, { io: "output" }) as JsonSchema);
  // The list says what its entries are, unless they have fields of their own.
  const fields = all.filter(({ path, schema: { description } }) => !path.endsWith("[]") || description);
  return [
    "| field | is | meaning |",
    "|---|---|---|",
    ...fields.map(({ path, schema: field, required }) => {
      const meaning = [...(required ? [] : ["Not always there."]), field.description ?? ""].join(" ").trim();
      return `| \`${path}\` | ${takes(field)} | ${escapedForTable(meaning)} |`;
    }),
  ];
}
