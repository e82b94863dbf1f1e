import type { Values } from "../types/type-values";

/** Arguments for rules over several of them: undefined for what is not said, or not known yet. */

export const textOf = (values: Values, name: string): string | undefined => {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
};

/** Terraform writes some numbers as texts. */
export const numberOf = (values: Values, name: string): number | undefined => {
  const value = values[name];
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
};

/** The blocks of a name, with their index; a single one may stand without its list. */
export const blocksOf = (values: Values, name: string): Values[] => {
  const value = values[name];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((block): block is Values => block !== null && typeof block === "object" && !Array.isArray(block));
};
