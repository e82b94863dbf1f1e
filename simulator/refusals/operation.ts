import type { Answer, Operation } from "./refusal";

/**
 * An operation of the API and how the provider begins its message, with attributes in braces:
 * `operation("CreateFunction", "creating Lambda Function ({function_name})")`.
 */
export function operation(name: string, says: string): Operation {
  return { name, says: (values) => says.replace(/\{(\w+)\}/g, (_, attribute: string) => shown(values[attribute])) };
}

const shown = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? String(value) : "";

/** An answer whose code is in the API model of the operation. */
export const answer = (status: number, code: string, message: string): Answer => ({ status, code, message });

/** An answer with status 400 whose code is not in the API model of the operation. */
export const unlisted = (code: string, message: string): Answer => ({ status: 400, code, message, unlisted: true });
