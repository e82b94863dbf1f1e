import { Lazy, type TerraformElement } from "cdktf";

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

function literals(value: unknown): unknown {
  if (typeof value === "string") return literalText(value);
  if (Array.isArray(value)) return value.map(literals);
  // Tokens are objects with methods of their own.
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const object: Record<string, unknown> = {};
  for (const key of Object.keys(value)) object[literalText(key)] = literals((value as typeof object)[key]);
  return object;
}
