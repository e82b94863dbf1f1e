import { z } from "zod";

/**
 * The name of an endpoint.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEndpoint.html
 */
export const eventEndpointName = z
  .string()
  .regex(
    /^[.\-_A-Za-z0-9]{1,64}$/,
    "is no name for an event endpoint; use 1 to 64 letters, digits, dots, hyphens and underscores",
  )
  .describe("Name of the endpoint; another name replaces it, with another endpoint id.");

/**
 * What an event endpoint lets its owner decide. The health alarm, replication and heartbeat are not optional: the recovery
 * time that AWS states holds for exactly these.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export const eventEndpointConfig = z.strictObject({
  description: z
    .string()
    .min(1)
    .max(512)
    .default("Events that survive the loss of a region")
    .describe("What it is for."),
  insufficientDataHealthStatus: z
    .enum(["Unhealthy", "LastKnownStatus", "Healthy"])
    .default("Unhealthy")
    .describe(
      "How a home region counts whose metrics CloudWatch does not deliver: Unhealthy fails over, which replication makes harmless; the others wait.",
    ),
});

export type EventEndpointConfig = z.output<typeof eventEndpointConfig>;
export type EventEndpointInput = z.input<typeof eventEndpointConfig>;
