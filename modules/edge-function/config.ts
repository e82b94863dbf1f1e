import { z } from "zod";
import { isSecret } from "../../values/secrets";
import { jsonValue, logRetentionDays, percentBelow100, type Report, secretMark, strictObject, withRule } from "../core";
import { serviceFunctionConfig } from "../service-function";
import { edgeEventTypes, edgeLimits } from "./limits";
import { unsupportedField } from "./unsupported";

export type * from "./input";

const { entry, logLevel, systemLogLevel } = serviceFunctionConfig.shape;

const shape = {
  entry: entry
    .unwrap()
    .describe("Source file of the handler, relative to the project folder, such as services/orders/handler.ts."),
  handler: z
    .string()
    .regex(/^[A-Za-z_$][\w$]*$/, { message: "is not a valid export name; use the identifier that the file exports" })
    .default("handler")
    .describe("Name of the exported handler function."),
  eventTypes: z
    .array(z.enum(edgeEventTypes))
    .min(1)
    .describe("Events that the function may be associated with. Viewer events have lower limits."),
  runtime: z.enum(["nodejs22.x", "nodejs20.x"]).default("nodejs22.x").describe("Lambda runtime, on x86_64."),
  memoryMb: z
    .int()
    .min(128)
    .max(10240)
    .default(128)
    .describe("Memory in MB: 128 for viewer events, up to 10240 for origin events."),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(30)
    .default(3)
    .describe("Timeout of one invocation, in seconds: at most 5 for viewer events, 30 for origin events."),
  constants: z
    .record(
      z
        .string()
        .regex(/^[A-Z][A-Z0-9_]*$/, "is not a valid constant name; use capital letters, digits and underscores"),
      jsonValue,
    )
    .default({})
    .describe(
      "Values by the identifier that the code declares (`declare const ROUTING: Routing`). Never put secrets here.",
    ),
  logLevel,
  systemLogLevel,
  logRetentionDays: logRetentionDays.default(30),
  skipDestroy: z
    .boolean()
    .default(true)
    .describe("Leaves the function in AWS on destroy, because CloudFront keeps replicas for hours. See the README."),
  alarms: strictObject(() => ({
    errorPercent: percentBelow100.default(1).describe("Percentage of invocations that fail."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
};

const known = Object.keys(shape);

// An unknown field is most likely one that regular Lambda functions have: reject it with the reason and an alternative.
const fields = z.object(shape).catchall(
  z.custom<never>(() => false, {
    // Otherwise the rules that involve several fields would not run.
    abort: false,
    error: ({ path }) => unsupportedField(String(path?.at(-1)), known),
  }),
) as unknown as z.ZodObject<typeof shape, z.core.$strict>;

/** A Lambda@Edge function, as literal values. */
export const edgeFunctionConfig = withRule(fields, (config, report) => {
  checkLimits(config, report);
  config.eventTypes.forEach((eventType, index) => {
    if (config.eventTypes.indexOf(eventType) < index) {
      report(["eventTypes", index], "is listed twice; remove the duplicate");
    }
  });
  for (const [name, value] of Object.entries(config.constants)) {
    if (!isSecret(name, typeof value === "string" ? value : JSON.stringify(value))) continue;
    report(
      ["constants", name, secretMark],
      "looks like a secret, which must not be in code; let the origin read it from Secrets Manager",
    );
  }
});

export type EdgeFunctionConfig = z.output<typeof edgeFunctionConfig>;

function checkLimits({ eventTypes, memoryMb, timeoutSeconds }: z.output<typeof fields>, report: Report): void {
  const limits = edgeLimits(eventTypes);
  if (memoryMb > limits.memoryMb) {
    report(
      ["memoryMb"],
      `is above the ${limits.memoryMb} MB limit of viewer events; use ${limits.memoryMb}, or serve origin events only`,
    );
  }
  if (timeoutSeconds > limits.timeoutSeconds) {
    report(
      ["timeoutSeconds"],
      `is above the ${limits.timeoutSeconds} s limit of viewer events; use at most ${limits.timeoutSeconds}, or serve origin events only`,
    );
  }
}
