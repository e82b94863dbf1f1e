import { z } from "zod";
import { awsRegions, parseConfig, strictObject, withRule } from "../core";
import type { OriginRoutingInput } from "./input";
import { counterpartHeader } from "./origins";

const fields = strictObject(() => ({
  standbyCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "is not a country code; use two capital letters, as in ISO 3166-1"))
    .default([])
    .describe("Two-letter codes of the countries whose viewers are sent to the standby region first."),
  standbyEdgeRegions: z
    .array(z.enum(awsRegions))
    .default([])
    .describe("Regional edge caches that try the standby first when the viewer's country is unknown."),
  writes: z
    .enum(["home", "nearest"])
    .default("home")
    .describe("Where POST, PUT, PATCH and DELETE go. Use nearest only if the data accepts writes in both regions."),
}));

/** Which region is tried first, as literal values that are built into the edge router. */
export const originRoutingConfig = withRule(fields, (config, report) => {
  for (const field of ["standbyCountries", "standbyEdgeRegions"] as const) {
    const values: readonly string[] = config[field];
    values.forEach((value, index) => {
      if (values.indexOf(value) < index) report([field, index], "is listed twice; remove the duplicate");
    });
  }
});

export type OriginRoutingConfig = z.output<typeof originRoutingConfig>;

/**
 * The constants of the edge router (`handlers/edge-router`), for an edge function's `constants`.
 * @throws ConfigError with every mistake in the routing
 */
export function originRoutingConstants(routing: OriginRoutingInput) {
  const config = parseConfig(originRoutingConfig, routing, "origin routing");
  return { ORIGIN_ROUTING: { ...config, counterpartHeader } };
}
