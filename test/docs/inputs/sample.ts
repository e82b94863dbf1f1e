import type { JsonSchema } from "../../../config/json-schema";

/** A field of a sample, in the notation of the reference: `tables[].name`. */
export interface SampleField {
  readonly path: string;
  readonly description?: string;
  /** Where its name stands, from 0. */
  readonly line: number;
  readonly character: number;
}

/** A literal that has every field of a schema, one in each line. */
export interface Sample {
  readonly text: string;
  readonly fields: readonly SampleField[];
}

type Schema = JsonSchema & { readonly propertyNames?: JsonSchema };

/**
 * @param variant which of several forms of an object the sample has, from 0; the last one where there are fewer
 * @param before the text that the literal follows
 */
export function sampleOf(schema: JsonSchema, variant: number, before: string): Sample {
  const fields: SampleField[] = [];
  const lines = before.split("\n");
  const add = (text: string): void => {
    lines[lines.length - 1] += text;
  };
  const write = (at: Schema, path: string): void => {
    const forms = at.oneOf ?? at.anyOf;
    const form = forms?.[Math.min(variant, forms.length - 1)];
    if (form) write(form.type === "null" ? (forms?.[0] ?? form) : form, path);
    else if (at.const !== undefined || at.enum) add(JSON.stringify(at.const ?? at.enum?.[0]));
    else if (at.items) {
      add("[");
      write(at.items, `${path}[]`);
      add("]");
    } else if (at.type === "object" || at.properties) writeObject(at, path);
    else add(JSON.stringify({ string: "text", boolean: true }[String(at.type)] ?? 1));
  };
  const writeObject = ({ properties = {}, additionalProperties, propertyNames }: Schema, path: string): void => {
    add("{");
    for (const [name, field] of Object.entries(properties)) {
      lines.push(`${JSON.stringify(name)}: `);
      const at = path ? `${path}.${name}` : name;
      fields.push({ path: at, description: field.description, line: lines.length - 1, character: 1 });
      write(field, at);
      add(",");
    }
    if (typeof additionalProperties === "object" && Object.keys(properties).length === 0) {
      lines.push(`${JSON.stringify(propertyNames?.enum?.[0] ?? "name")}: `);
      write(additionalProperties, `${path}.*`);
    }
    lines.push("}");
  };
  write(schema, "");
  return { text: lines.join("\n"), fields };
}
