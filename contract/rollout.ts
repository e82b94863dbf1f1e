import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { rolloutBundlesConfig } from "./rollout-bundles";
import { promotionConfig } from "./rollout-promotion";

/** A request that a service answers while it is healthy. */
const syntheticCheck = strictObject(() => ({
  path: z
    .string()
    .max(512)
    .regex(/^\/(?!\/)[\w\-.~!$&'()*+,;=:@%/]*(\?[\w\-.~!$&'()*+,;=:@%/?]*)?$/, "is not a path; write it like /health")
    .describe("Path of a GET request that needs no authorization: /health."),
  expectedStatus: z.int().min(100).max(599).default(200).describe("HTTP status of its answer."),
}));

/** How a reviewed rollout is applied. */
export const rolloutConfig = strictObject(() => ({
  bundles: rolloutBundlesConfig.prefault({}).describe("How bundles of `evenkeel plan` are kept."),
  promotion: promotionConfig
    .optional()
    .describe("Which environment must have tried the same files; left out, `evenkeel apply` does not ask."),
  healthyForMinutes: z
    .int()
    .min(0)
    .max(360)
    .optional()
    .describe(
      "How long services must be healthy after a wave that changed them, in minutes, before the next one begins; 0 asks nothing. Defaults to 10, in a disposable environment to 0.",
    ),
  askEverySeconds: z
    .int()
    .min(10)
    .max(600)
    .default(30)
    .describe("How often alarms and checks are asked meanwhile, in seconds."),
  checks: z
    .record(kebabName(24), z.array(syntheticCheck).max(10))
    .default({})
    .describe(
      "GET requests to the API of a service in the region of the wave, by name of the service; [] for none. For a service that is not named, the path of its health check if it has a domain, else its routes GET /health and GET /healthz without authorization.",
    ),
  ignoredAlarms: z
    .array(
      strictObject(() => ({
        name: z.string().min(1).max(255).describe("Name of the alarm, as CloudWatch has it."),
        reason: z.string().trim().min(15).max(300).describe("Why it says nothing of a rollout; a sentence."),
      })),
    )
    .max(100)
    .default([])
    .describe(
      "Alarms that do not stop a rollout. All others of the environment count, in the region of the wave, composite ones included.",
    ),
}));

/** How a reviewed rollout is applied, with every default filled in but the one that depends on the environment. */
export type RolloutConfig = z.output<typeof rolloutConfig>;

/** How long services must be healthy after a wave, in minutes; 0 asks nothing. */
export const healthyForMinutes = (rollout: RolloutConfig, disposable: boolean): number =>
  rollout.healthyForMinutes ?? (disposable ? 0 : 10);
