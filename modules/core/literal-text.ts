import { Lazy, type TerraformElement } from "cdktf";
import { isPlain } from "./may-be-token";

/**
 * A text as Terraform has to be given it, so that it arrives as it stands: `${` and `%{` would begin an expression.
 * Tokens of cdktf in it stay.
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences-1
 */
export function literalText(text: string): string {
  if (!text.includes("{")) return text;
  return text.replace(/\$\{(?!TfToken\[[\w:.-]+\]\})/g, "$$$${").replaceAll("%{", "%%{");
}

/** A Terraform expression, with its braces, as the value of an argument: any other text is taken as it stands. */
export function terraformExpression(expression: string): string {
  return Lazy.stringValue({ produce: () => expression });
}

/** Lets all texts in the arguments of an element arrive as they stand. Overrides are Terraform's own language, and stay. */
export function keepLiterals(element: TerraformElement): void {
  const { synthesizeAttributes } = element as Synthesized;
  if (!synthesizeAttributes || kept.has(element)) return;
  kept.add(element);
  (element as Synthesized).synthesizeAttributes = () => literals(synthesizeAttributes.call(element));
}

/** How cdktf asks providers, resources, data sources, outputs and backends for their arguments. */
type Synthesized = TerraformElement & { synthesizeAttributes?(): unknown };

const kept = new WeakSet<TerraformElement>();

/** A copy in which all texts arrive as they stand; the value itself where they do, as almost all. */
const literals = (value: unknown): unknown => (arrives(value) ? value : escaped(value));

/** Whether all texts in a value arrive as they stand. Tokens are objects with methods of their own. */
function arrives(value: unknown): boolean {
  if (typeof value === "string") return literalText(value) === value;
  if (Array.isArray(value)) return value.every(arrives);
  if (!isPlain(value)) return true;
  for (const name in value) if (!arrives(name) || !arrives(value[name])) return false;
  return true;
}

function escaped(value: unknown): unknown {
  if (typeof value === "string") return literalText(value);
  if (Array.isArray(value)) return value.map(escaped);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [literalText(name), escaped(each)]));
}
