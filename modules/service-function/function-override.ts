import type { z } from "zod";
import { strictObject } from "../core/strict-object";
import { type ServiceFunctionConfig, serviceFunctionConfig } from "./config";

const { memoryMb, ephemeralStorageMb, reservedConcurrency, provisionedConcurrency, warming, environment, logLevel } =
  serviceFunctionConfig.shape;

const describedAs = (field: z.ZodType) => field.description ?? "";

/** What of a function can be different in one region. */
export const functionOverride = strictObject(() => ({
  memoryMb: memoryMb.unwrap().optional().describe(describedAs(memoryMb)),
  ephemeralStorageMb: ephemeralStorageMb.unwrap().optional().describe(describedAs(ephemeralStorageMb)),
  reservedConcurrency: reservedConcurrency.optional().describe(describedAs(reservedConcurrency)),
  provisionedConcurrency,
  warming,
  logLevel: logLevel.unwrap().optional().describe(describedAs(logLevel)),
  environment: environment
    .unwrap()
    .optional()
    .describe("Environment variables of this region, beside or in place of the others."),
}));

export type FunctionOverride = z.output<typeof functionOverride>;

/** A function with what is different: variables are joined, all else takes the place of what it was. */
export function overriddenFunction(fn: ServiceFunctionConfig, own: FunctionOverride): ServiceFunctionConfig {
  const stated = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...fn, ...stated, environment: { ...fn.environment, ...own.environment } };
}
