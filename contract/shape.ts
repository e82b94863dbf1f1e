import type { z } from "zod";

/** Zod schemas by the name of their field; each with a description, which the reference and the editor show. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What capabilities may add fields to. */
export const fieldPoints = ["environment", "service", "container", "edge", "table", "bus", "database"] as const;

export type FieldPoint = (typeof fieldPoints)[number];
