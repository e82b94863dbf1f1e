import { z } from "zod";
import { awsRegions, withRule } from "../core";
import { counterpartHeader } from "./origins";

const fields = z.strictObject({
  standbyCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "is no country; use two capitals, as in ISO 3166-1"))
    .default([])
    .describe("Countries whose viewers are answered by the standby region first, by their two capitals."),
  standbyEdgeRegions: z
    .array(z.enum(awsRegions))
    .default([])
    .describe("Regions of edge caches that ask the standby first, where the viewer's country is not known."),
  writes: z
    .enum(["home", "nearest"])
    .default("home")
    .describe("Where POST, PUT, PATCH and DELETE go: nearest only with data that takes writes in both regions."),
});

/** Which region is asked first, in literal values: what the edge router is built with. */
export const originRoutingConfig = withRule(fields, (config, report) => {
  for (const field of ["standbyCountries", "standbyEdgeRegions"] as const) {
    const values: readonly string[] = config[field];
    values.forEach((value, index) => {
      if (values.indexOf(value) < index) report([field, index], "is named twice; name it once");
    });
  }
});

export type OriginRoutingConfig = z.output<typeof originRoutingConfig>;
export type OriginRoutingConfigInput = z.input<typeof originRoutingConfig>;

/** The constants of the edge router (`handlers/edge-router`), for an edge function's `constants`. */
export function originRoutingConstants(config: OriginRoutingConfig) {
  return { ORIGIN_ROUTING: { ...config, counterpartHeader } };
}
