import { z } from "zod";
import { logRetentionDays, type Report, withRule } from "../core";
import { looksSecret, serviceFunctionConfig } from "../service-function";
import { edgeEventTypes, edgeLimits } from "./limits";
import { unsupportedField } from "./unsupported";

const { entry, handler, logLevel, systemLogLevel } = serviceFunctionConfig.shape;

const shape = {
  entry,
  handler,
  eventTypes: z
    .array(z.enum(edgeEventTypes))
    .min(1)
    .describe("Events that the function may be associated with; viewer events have the lower limits."),
  runtime: z.enum(["nodejs22.x", "nodejs20.x"]).default("nodejs22.x").describe("Lambda runtime, on x86_64."),
  memoryMb: z
    .int()
    .min(128)
    .max(10240)
    .default(128)
    .describe("Memory in MB: 128 at viewer events, up to 10240 at origin events."),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(30)
    .default(3)
    .describe("Longest run of one invocation, in seconds: at most 5 at viewer events, 30 at origin events."),
  constants: z
    .record(
      z.string().regex(/^[A-Z][A-Z0-9_]*$/, "is no name of a constant; use capitals, digits and underscores"),
      z.json(),
    )
    .default({})
    .describe("Values by the identifier that the code declares (`declare const ROUTING: Routing`); never secrets."),
  logLevel,
  systemLogLevel,
  logRetentionDays: logRetentionDays.default(30),
  skipDestroy: z
    .boolean()
    .default(true)
    .describe("Leaves the function in AWS when it is destroyed, as CloudFront keeps replicas for hours; see README."),
  alarms: z
    .strictObject({
      errorPercent: z.number().min(0).max(100).default(1).describe("Failed invocations, in percent of all."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
};

const known = Object.keys(shape);

// An unknown field is most likely one that Lambda has elsewhere: each is refused with the reason and the way round it.
const fields = z.object(shape).catchall(
  z.custom<never>(() => false, {
    // Else the rules between the fields would not run.
    abort: false,
    error: ({ path }) => unsupportedField(String(path?.at(-1)), known),
  }),
) as unknown as z.ZodObject<typeof shape, z.core.$strict>;

/** One function at CloudFront's edge, in literal values. */
export const edgeFunctionConfig = withRule(fields, (config, report) => {
  checkLimits(config, report);
  config.eventTypes.forEach((eventType, index) => {
    if (config.eventTypes.indexOf(eventType) < index) {
      report(["eventTypes", index], "is named twice; name each event once");
    }
  });
  for (const [name, value] of Object.entries(config.constants)) {
    if (!looksSecret(name, JSON.stringify(value))) continue;
    // The last part is no field: it marks the path as one whose value errors must not show.
    report(
      ["constants", name, "(secret)"],
      "looks like a secret, and code is no place for one; let the origin hold it, which reads Secrets Manager",
    );
  }
});

export type EdgeFunctionConfig = z.output<typeof edgeFunctionConfig>;
export type EdgeFunctionConfigInput = z.input<typeof edgeFunctionConfig>;

function checkLimits({ eventTypes, memoryMb, timeoutSeconds }: z.output<typeof fields>, report: Report): void {
  const limits = edgeLimits(eventTypes);
  if (memoryMb > limits.memoryMb) {
    report(
      ["memoryMb"],
      `is above the ${limits.memoryMb} MB of viewer events; use ${limits.memoryMb}, or serve origin events only`,
    );
  }
  if (timeoutSeconds > limits.timeoutSeconds) {
    report(
      ["timeoutSeconds"],
      `is above the ${limits.timeoutSeconds} s of viewer events; use at most ${limits.timeoutSeconds}, or serve origin events only`,
    );
  }
}
