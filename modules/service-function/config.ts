import { z } from "zod";
import { allLambdaRuntimes, type LambdaRuntime, lambdaRuntimes, runtimeProblem } from "../../values/availability";
import { isSecret } from "../../values/secrets";
import {
  capacitySchedules,
  checkCapacity,
  logRetentionDays,
  percentBelow100,
  type Report,
  secretMark,
  sizeMark,
  strictObject,
  withRule,
} from "../core";
import { deadLetterAge } from "../dead-letter-queue";
import { functionCode } from "./code-config";
import { environmentSize, environmentSizeLimit, nameProblem } from "./environment-variables";
import { checkCode, checkSnapStart } from "./runtimes";

export type * from "./input";

/** The runtimes that bundled functions may have, the newest first. */
export const functionRuntimes = lambdaRuntimes.nodejs;

/** A runtime of Lambda; one that AWS has given up is refused with its days. */
export const lambdaRuntime = z.enum(allLambdaRuntimes, {
  error: ({ input }) => (typeof input === "string" ? runtimeProblem(input) : undefined),
});

const provisionedUnits = z.int().min(1);

const provisionedConcurrency = strictObject(() => ({
  min: provisionedUnits.describe("Minimum number of warm execution environments."),
  max: provisionedUnits.describe("Maximum number of warm execution environments."),
  targetUtilization: z
    .number()
    .min(0.1)
    .max(0.9)
    .default(0.7)
    .describe("Target share of warm environments in use, for target tracking."),
  schedules: capacitySchedules("function", {
    min: provisionedUnits.describe("Minimum number of warm execution environments from then on."),
    max: provisionedUnits.describe("Maximum number of warm execution environments from then on."),
  }),
}));

const warming = strictObject(() => ({
  concurrency: z
    .int()
    .min(1)
    .max(100)
    .describe("Execution environments that are called at once, so that so many requests at once meet no cold start."),
  everyMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe("Minutes between calls. AWS documents no time that an idle environment stays; 5 are customary."),
  holdMs: z
    .int()
    .min(10)
    .max(1_000)
    .default(75)
    .describe("How long each call keeps its environment busy, in milliseconds, so that the others reach further ones."),
}));

/** Characters that AWS takes in the value of a tag. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

const scanExclusion = strictObject(() => ({
  scans: z
    .array(z.enum(["packages", "code"]))
    .min(1)
    .describe("Scans of Amazon Inspector that leave it out: of packages with known vulnerabilities, or of its code."),
  reason: z
    .string()
    .min(10)
    .max(256)
    .regex(tagText, {
      message: "has characters that AWS takes in no tag; use letters, digits, spaces and _ . : / = + - @",
    })
    .describe("Why, in a sentence without commas. It is a tag of the function."),
}));

const fields = strictObject(() => ({
  entry: z
    .string()
    .regex(/^(?!\/|[A-Za-z]:)(?!.*\\)(?!(.*\/)?\.\.?(\/|$)).+\.(ts|mts|js|mjs)$/, {
      message:
        "is not a handler file; write its path relative to the project folder with forward slashes, ending in .ts, .mts, .js or .mjs",
    })
    .optional()
    .describe(
      "Source file of the handler, relative to the project folder, such as services/orders/handler.ts. It is bundled for Node.js. Required without code.",
    ),
  code: functionCode
    .optional()
    .describe(
      "Code of any runtime, in place of entry: an archive, a folder that a command of yours builds, or an image.",
    ),
  handler: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe(
      "With entry, name of the exported handler function, handler if left out. With code, the handler as the runtime names it: app.handler for Python, com.example.Orders::handle for Java.",
    ),
  runtime: lambdaRuntime
    .optional()
    .describe("Lambda runtime. nodejs22.x if left out with entry; required with code, except an image."),
  architecture: z
    .enum(["arm64", "x86_64"])
    .default("arm64")
    .describe(
      "Processor that the code is made for. It matters for native programs, and for packages with native parts.",
    ),
  snapStart: z
    .boolean()
    .default(false)
    .describe(
      "Starts environments from a snapshot of one that has started, for Python, Java and .NET. Only if the environment has this capability.",
    ),
  memoryMb: z.int().min(128).max(10240).default(512).describe("Memory in MB. CPU scales with it; 1769 MB is one vCPU."),
  timeoutSeconds: z.int().min(1).max(900).default(10).describe("Timeout of one invocation, in seconds."),
  ephemeralStorageMb: z.int().min(512).max(10240).default(512).describe("Size of /tmp, in MB."),
  reservedConcurrency: z
    .int()
    .min(0)
    .nullable()
    .describe(
      "Concurrent executions reserved for this function in each region, which is also its maximum. null shares the account's pool, 0 stops the function.",
    ),
  environment: z.record(z.string(), z.string()).default({}).describe("Environment variables. Never put secrets here."),
  logLevel: z
    .enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])
    .default("INFO")
    .describe("Minimum level of the handler's log lines."),
  systemLogLevel: z
    .enum(["DEBUG", "INFO", "WARN"])
    .default("INFO")
    .describe("Minimum level of Lambda's own log lines. INFO includes a report for each invocation."),
  logRetentionDays: logRetentionDays.default(30),
  updateRuntimeOn: z
    .enum(["Auto", "FunctionUpdate"])
    .default("Auto")
    .describe(
      "When Lambda updates the runtime to a newer patch version: automatically, or only with the next deployment.",
    ),
  sourceMap: z
    .boolean()
    .default(false)
    .describe("Includes index.mjs.map and tells Node.js to use it. Makes cold starts slower."),
  external: z
    .array(z.string().min(1))
    .default([])
    .describe("Packages to leave out of the bundle because a layer or the runtime provides them."),
  asyncInvoke: strictObject(() => ({
    maximumRetryAttempts: z.int().min(0).max(2).default(2).describe("Retries after a failed asynchronous invocation."),
    maximumEventAgeSeconds: z
      .int()
      .min(60)
      .max(21600)
      .default(21600)
      .describe("Maximum age of an asynchronous event while Lambda retries, in seconds."),
  }))
    .prefault({})
    .describe("How Lambda retries events of asynchronous invocations, such as those of event buses."),
  scanExclusion: scanExclusion
    .optional()
    .describe("Leaves the function out of scans that its account has. It is scanned if left out."),
  provisionedConcurrency: provisionedConcurrency
    .optional()
    .describe("Provisioned concurrency. Only created if the environment has this capability."),
  recursion: strictObject(() => ({
    allowed: z.literal(true).describe("Lambda no longer ends loops of this function."),
    reason: z.string().min(10).max(200).describe("Why the function has to call itself, and what ends it."),
  }))
    .optional()
    .describe(
      "Lets the function call itself by way of SQS, SNS, S3 or Lambda. By default Lambda ends such a loop after about 16 calls.",
    ),
  warming: warming
    .optional()
    .describe(
      "Calls of a schedule that keep execution environments there, without a guarantee. Only made if the environment has this capability.",
    ),
  alarms: strictObject(() => ({
    errorPercent: percentBelow100.default(1).describe("Percentage of invocations that fail."),
    durationPercentOfTimeout: percentBelow100
      .min(1)
      .default(90)
      .describe("99th percentile (p99) of the duration, as a percentage of the timeout."),
    concurrencyPercentOfReserved: z
      .number()
      .min(1)
      .max(100)
      .default(80)
      .describe("Concurrent executions, as a percentage of the reserved ones."),
    deadLetterAgeSeconds: deadLetterAge.default(3600).describe("Age of the oldest dead letter, in seconds."),
  }))
    .prefault({})
    .describe("Alarm thresholds."),
}));

/** A Lambda function in one region, as literal values. */
export const serviceFunctionConfig = withRule(fields, (config, report) => {
  checkEnvironment(config.environment, report);
  checkRetries(config.asyncInvoke, report);
  if (config.sourceMap && config.environment.NODE_OPTIONS !== undefined) {
    const { NODE_OPTIONS } = config.environment;
    if (!NODE_OPTIONS.split(/\s+/).includes("--enable-source-maps")) {
      report(
        ["sourceMap"],
        "has no effect, because environment.NODE_OPTIONS does not tell Node.js to use source maps; add --enable-source-maps there, or remove sourceMap or NODE_OPTIONS",
      );
    }
  }
  if (config.provisionedConcurrency) {
    checkProvisioned(config.provisionedConcurrency, config.reservedConcurrency, report);
  }
  if (config.warming) checkWarming(config.warming, config, report);
  checkCode(config, report);
  checkSnapStart(config, report);
});

export type ServiceFunctionConfig = z.output<typeof serviceFunctionConfig>;

export type { LambdaRuntime };

function checkEnvironment(environment: Readonly<Record<string, string>>, report: Report): void {
  for (const [name, value] of Object.entries(environment)) {
    const problem = nameProblem(name);
    if (problem) report(["environment", name], problem);
    else if (isSecret(name, value)) {
      report(
        ["environment", name, secretMark],
        "looks like a secret; keep it in Secrets Manager and pass its name or ARN",
      );
    }
  }
  const size = environmentSize(environment);
  if (size > environmentSizeLimit) {
    report(
      ["environment", sizeMark],
      `takes ${size} bytes, but Lambda allows ${environmentSizeLimit} bytes; keep large values in Parameter Store or AppConfig`,
    );
  }
}

/** When Lambda makes each retry at the earliest, in seconds: after one minute, and after two more. */
const retriesAfterSeconds = [60, 180] as const;

/**
 * Lambda makes no retry of an event that is older than it may get.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
function checkRetries(
  { maximumRetryAttempts, maximumEventAgeSeconds }: z.output<typeof fields>["asyncInvoke"],
  report: Report,
): void {
  const possible = retriesAfterSeconds.filter((seconds) => seconds < maximumEventAgeSeconds).length;
  if (maximumRetryAttempts <= possible) return;
  report(
    ["asyncInvoke", "maximumRetryAttempts"],
    `is more than fits into maximumEventAgeSeconds, ${maximumEventAgeSeconds}, because Lambda waits 1 minute before the first retry and 2 minutes before the second; use ${possible}, or set maximumEventAgeSeconds above ${retriesAfterSeconds[maximumRetryAttempts - 1]}`,
  );
}

function checkWarming(
  { concurrency }: z.output<typeof warming>,
  { provisionedConcurrency, reservedConcurrency }: z.output<typeof fields>,
  report: Report,
): void {
  if (provisionedConcurrency) {
    report(
      ["warming"],
      "calls an alias whose environments provisionedConcurrency keeps already, so it would only pay for calls; remove one of the two",
    );
  }
  if (reservedConcurrency !== null && concurrency > reservedConcurrency) {
    report(
      ["warming", "concurrency"],
      `is above reservedConcurrency, ${reservedConcurrency}, so Lambda would refuse the calls; use less, or reserve more`,
    );
  }
}

function checkProvisioned(
  config: z.output<typeof provisionedConcurrency>,
  reserved: number | null,
  report: Report,
): void {
  checkCapacity(config, ["provisionedConcurrency"], report);
  if (reserved === null) return;
  const { max, schedules } = config;
  [{ path: [], max }, ...schedules.map((one, index) => ({ path: ["schedules", index], max: one.max }))].forEach(
    (limit) => {
      if (limit.max <= reserved) return;
      report(
        ["provisionedConcurrency", ...limit.path, "max"],
        `is above reservedConcurrency, ${reserved}; use at most that value, or reserve more`,
      );
    },
  );
}
