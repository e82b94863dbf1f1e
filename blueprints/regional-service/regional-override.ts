import { z } from "zod";
import { type Report, region } from "../../modules/core";
import { type ServiceFunctionConfig, serviceFunctionConfig } from "../../modules/service-function";

const { memoryMb, ephemeralStorageMb, reservedConcurrency, provisionedConcurrency, environment, logLevel } =
  serviceFunctionConfig.shape;

const describedAs = (field: z.ZodType) => field.description ?? "";

const functionOverride = z.strictObject({
  memoryMb: memoryMb.unwrap().optional().describe(describedAs(memoryMb)),
  ephemeralStorageMb: ephemeralStorageMb.unwrap().optional().describe(describedAs(ephemeralStorageMb)),
  reservedConcurrency: reservedConcurrency.optional().describe(describedAs(reservedConcurrency)),
  provisionedConcurrency,
  logLevel: logLevel.unwrap().optional().describe(describedAs(logLevel)),
  environment: environment
    .unwrap()
    .optional()
    .describe("Environment variables of this region, beside or in place of the others."),
});

const override = z.strictObject({ function: functionOverride.describe("What of the function is different there.") });

type Override = z.output<typeof override>;

/** What of a service is different in a region. */
export const regionalOverrides = z.partialRecord(region, override).default({});

interface Overridden {
  readonly function: ServiceFunctionConfig;
  readonly regions: z.output<typeof regionalOverrides>;
}

/** The function of a service as it is in one region. */
export function functionIn({ function: fn, regions }: Overridden, region: string): ServiceFunctionConfig {
  const own = (regions as Readonly<Record<string, Override | undefined>>)[region]?.function;
  if (own === undefined) return fn;
  const stated = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...fn, ...stated, environment: { ...fn.environment, ...own.environment } };
}

/** Reports what of a function is wrong in a region, although each field is right. Paths are relative to the service. */
export function checkOverrides(service: Overridden, report: Report): void {
  if (!serviceFunctionConfig.safeParse(service.function).success) return;
  for (const region of Object.keys(service.regions)) {
    const { error } = serviceFunctionConfig.safeParse(functionIn(service, region));
    for (const { path, message } of error?.issues ?? []) report(["regions", region, "function", ...path], message);
  }
}
