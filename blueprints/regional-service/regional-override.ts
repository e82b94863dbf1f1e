import { z } from "zod";
import { type Report, region, strictObject } from "../../modules/core";
import {
  functionOverride,
  overriddenFunction,
  type ServiceFunctionConfig,
  serviceFunctionConfig,
} from "../../modules/service-function";

const override = strictObject(() => ({
  function: functionOverride.describe("What of the function is different there."),
}));

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
  return own === undefined ? fn : overriddenFunction(fn, own);
}

/** Reports what of a function is wrong in a region, although each field is right. Paths are relative to the service. */
export function checkOverrides(service: Overridden, report: Report): void {
  if (!serviceFunctionConfig.safeParse(service.function).success) return;
  for (const region of Object.keys(service.regions)) {
    const { error } = serviceFunctionConfig.safeParse(functionIn(service, region));
    for (const { path, message } of error?.issues ?? []) report(["regions", region, "function", ...path], message);
  }
}
