import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/**
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEndpoint.html
 */
export const eventEndpointName = z
  .string()
  .regex(
    /^[.\-_A-Za-z0-9]{1,64}$/,
    "is not a valid event endpoint name; use 1 to 64 letters, digits, dots, hyphens and underscores",
  )
  .describe("Name of the endpoint. A new name replaces the endpoint and changes its endpoint id.");

/**
 * The settings of an event endpoint. The health alarm, replication and heartbeat are not optional: the recovery time
 * that AWS documents only holds with them.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export const eventEndpointConfig = strictObject(() => ({
  description: z
    .string()
    .min(1)
    .max(512)
    .default("Events that survive the loss of a region")
    .describe("What the endpoint is for."),
  insufficientDataHealthStatus: z
    .enum(["Unhealthy", "LastKnownStatus", "Healthy"])
    .default("Unhealthy")
    .describe(
      "Status of the home region when CloudWatch has no data. Unhealthy fails over, which replication makes harmless; the other values wait.",
    ),
}));

export type EventEndpointConfig = z.output<typeof eventEndpointConfig>;
