import { z } from "zod";
import { kebabName, logRetentionDays, type Report, withRule } from "../core";
import { environmentSize, environmentSizeLimit, looksSecret, nameProblem } from "./environment-variables";

const provisionedUnits = z.int().min(1);

const provisionedConcurrency = z.strictObject({
  min: provisionedUnits.describe("Execution environments that are always warm."),
  max: provisionedUnits.describe("Most execution environments that scaling may keep warm."),
  targetUtilization: z
    .number()
    .min(0.1)
    .max(0.9)
    .default(0.7)
    .describe("Share of the warm environments in use that target tracking aims at."),
  schedules: z
    .array(
      z.strictObject({
        name: kebabName(32).describe("Unique within the function; part of the Terraform address."),
        schedule: z
          .string()
          .regex(/^(cron\(\S+( \S+){5}\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)|rate\(\d+ (minutes?|hours?|days?)\))$/, {
            message:
              "is no schedule expression; write cron(m h dom mon dow y), rate(n unit) or at(yyyy-mm-ddThh:mm:ss)",
          })
          .describe("When these limits take over: cron(...), rate(...) or at(...)."),
        timezone: z.string().min(1).default("UTC").describe("IANA time zone of the schedule, Europe/Dublin."),
        min: provisionedUnits,
        max: provisionedUnits,
      }),
    )
    .default([])
    .describe("Other limits from a point in time on, for traffic that can be foreseen."),
});

const fields = z.strictObject({
  entry: z
    .string()
    .regex(/^(?!\/|[A-Za-z]:)(?!.*\\)(?!(.*\/)?\.\.?(\/|$)).+\.(ts|mts|js|mjs)$/, {
      message:
        "is no handler file; write its path from the project folder with forward slashes, ending in .ts, .mts, .js or .mjs",
    })
    .describe("The handler's source file, as a path from the project folder: services/orders/handler.ts."),
  handler: z
    .string()
    .regex(/^[A-Za-z_$][\w$]*$/, { message: "is no name of an export; use the identifier that the file exports" })
    .default("handler")
    .describe("Name of the exported handler function."),
  runtime: z.enum(["nodejs22.x", "nodejs20.x"]).default("nodejs22.x").describe("Lambda runtime."),
  memoryMb: z.int().min(128).max(10240).default(512).describe("Memory in MB; CPU grows with it, one vCPU at 1769."),
  timeoutSeconds: z.int().min(1).max(900).default(10).describe("Longest run of one invocation, in seconds."),
  ephemeralStorageMb: z.int().min(512).max(10240).default(512).describe("Size of /tmp, in MB."),
  reservedConcurrency: z
    .int()
    .min(0)
    .nullable()
    .describe(
      "Most concurrent executions, set aside for this function in each region; null shares the account's pool, 0 stops the function.",
    ),
  environment: z.record(z.string(), z.string()).default({}).describe("Environment variables; never secrets."),
  logLevel: z
    .enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])
    .default("INFO")
    .describe("Least level of the handler's own log lines that are kept."),
  systemLogLevel: z
    .enum(["DEBUG", "INFO", "WARN"])
    .default("INFO")
    .describe("Least level of Lambda's own log lines that are kept; INFO has the report of each invocation."),
  logRetentionDays: logRetentionDays.default(30),
  updateRuntimeOn: z
    .enum(["Auto", "FunctionUpdate"])
    .default("Auto")
    .describe("When Lambda moves to a newer patch of the runtime: by itself, or only with the next deployment."),
  sourceMap: z
    .boolean()
    .default(false)
    .describe("Ships index.mjs.map next to the code and lets Node.js use it, at the cost of a slower cold start."),
  external: z
    .array(z.string().min(1))
    .default([])
    .describe("Packages left out of the bundle because a layer or the runtime brings them."),
  asyncInvoke: z
    .strictObject({
      maximumRetryAttempts: z
        .int()
        .min(0)
        .max(2)
        .default(2)
        .describe("Retries after a failed asynchronous invocation."),
      maximumEventAgeSeconds: z
        .int()
        .min(60)
        .max(21600)
        .default(21600)
        .describe("Oldest age at which an asynchronous event is still tried, in seconds."),
    })
    .prefault({}),
  provisionedConcurrency: provisionedConcurrency
    .optional()
    .describe("Warm execution environments; built where the environment has this capability."),
  alarms: z
    .strictObject({
      errorPercent: z.number().min(0).max(100).default(1).describe("Failed invocations, in percent of all."),
      durationPercentOfTimeout: z
        .number()
        .min(1)
        .max(100)
        .default(90)
        .describe("The slowest percentile (p99), in percent of the timeout."),
      concurrencyPercentOfReserved: z
        .number()
        .min(1)
        .max(100)
        .default(80)
        .describe("Concurrent executions, in percent of the reserved ones."),
      deadLetterAgeSeconds: z
        .int()
        .min(60)
        .default(3600)
        .describe("Age of the oldest dead letter that nobody took care of, in seconds."),
    })
    .prefault({})
    .describe("Thresholds of the alarms."),
});

/** One Lambda function in one region, in literal values. */
export const serviceFunctionConfig = withRule(fields, (config, report) => {
  checkEnvironment(config.environment, report);
  if (config.provisionedConcurrency) {
    checkProvisioned(config.provisionedConcurrency, config.reservedConcurrency, report);
  }
});

export type ServiceFunctionConfig = z.output<typeof serviceFunctionConfig>;
export type ServiceFunctionConfigInput = z.input<typeof serviceFunctionConfig>;

function checkEnvironment(environment: Readonly<Record<string, string>>, report: Report): void {
  for (const [name, value] of Object.entries(environment)) {
    const problem = nameProblem(name);
    if (problem) report(["environment", name], problem);
    else if (looksSecret(name, value)) {
      // The last part is no field: it marks the path as one whose value errors must not show.
      report(
        ["environment", name, "(secret)"],
        "looks like a secret; keep it in Secrets Manager or Parameter Store and pass its name or ARN",
      );
    }
  }
  const size = environmentSize(environment);
  if (size > environmentSizeLimit) {
    report(
      ["environment", "(size)"],
      `takes ${size} bytes, Lambda allows ${environmentSizeLimit}; keep large values in Parameter Store or AppConfig`,
    );
  }
}

function checkProvisioned(
  { min, max, schedules }: z.output<typeof provisionedConcurrency>,
  reserved: number | null,
  report: Report,
): void {
  const limits = [
    { at: [] as PropertyKey[], min, max },
    ...schedules.map((schedule, index) => ({ at: ["schedules", index] as PropertyKey[], ...schedule })),
  ];
  for (const limit of limits) {
    const path = ["provisionedConcurrency", ...limit.at];
    if (limit.min > limit.max) {
      report([...path, "min"], `is above max, ${limit.max}; use at most max`);
    }
    if (reserved !== null && limit.max > reserved) {
      report([...path, "max"], `is above reservedConcurrency, ${reserved}; use at most that, or reserve more`);
    }
  }
  schedules.forEach(({ name }, index) => {
    if (schedules.findIndex((other) => other.name === name) < index) {
      report(["provisionedConcurrency", "schedules", index, "name"], "is used twice; give each schedule its own name");
    }
  });
}
