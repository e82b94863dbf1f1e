import type { EnvironmentDefinition } from "./define-environment";

/** Whether a value is what `defineEnvironment` returns. Not by its class: a project may have two copies of this package. */
export const isDefinition = (value: unknown): value is EnvironmentDefinition =>
  typeof value === "object" && value !== null && typeof (value as { resolve?: unknown }).resolve === "function";
