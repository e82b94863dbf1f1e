import { en } from "zod/locales";
import * as z from "zod/mini";

/** Where a fault is injected: `handler` for the answer of the function itself, or a dependency by the name that it was wrapped with. */
const at = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,63}$/, "must be handler, or the name of a dependency"));
/** Percentage of the calls, drawn anew for each. */
const percent = z._default(z.number().check(z.gt(0), z.lte(100)), 100);
const ms = z.number().check(z.gte(1), z.lte(900_000));
const mb = z.int().check(z.gte(1), z.lte(10_240));
const error = z.string().check(z.regex(/^[A-Za-z][\w.]{0,99}$/, "must be the name of an error"));
const status = z.int().check(z.gte(400), z.lte(599));

const fault = z.discriminatedUnion("kind", [
  /** Waits before the call, `ms` and up to `jitterMs` more. */
  z.strictObject({
    at,
    percent,
    kind: z.literal("latency"),
    ms,
    jitterMs: z._default(z.number().check(z.gte(0), z.lte(900_000)), 0),
  }),
  /** Throws instead of the call. */
  z.strictObject({ at, percent, kind: z.literal("exception"), error: z._default(error, "InjectedFault") }),
  /** Answers with a status instead of the call; `error` is what an AWS service would call it. */
  z.strictObject({
    at,
    percent,
    kind: z.literal("status"),
    status,
    error: z.optional(error),
    retryAfterSeconds: z.optional(z.int().check(z.gte(0), z.lte(3600))),
  }),
  /** Fails as too late: a dependency after `ms`, the handler with the time of the function. */
  z.strictObject({ at, percent, kind: z.literal("timeout"), ms: z._default(ms, 1_000) }),
  /** Holds `mb` of memory during the call. */
  z.strictObject({ at, percent, kind: z.literal("memory-pressure"), mb }),
  /** Fills up to `mb` of the folder for temporary files during the call. */
  z.strictObject({ at, percent, kind: z.literal("full-disk"), mb }),
  /** Never answers: until the client gives up, or the time of the invocation is over. */
  z.strictObject({ at, percent, kind: z.literal("blocked") }),
  /** Makes the call, and gives half of its answer. */
  z.strictObject({ at, percent, kind: z.literal("corrupted") }),
]);

/** One fault, where it is injected, and into which percentage of calls. */
export type Fault = z.infer<typeof fault>;

/** The kinds of faults. */
export type FaultKind = Fault["kind"];

/** What a setting switches on: faults, from a time on, for so many minutes and no longer. */
export interface FaultSetting {
  /** Milliseconds since 1970. */
  readonly beginsAt: number;
  readonly endsAt: number;
  readonly faults: readonly Fault[];
}

/** The setting cannot be used, so nothing is injected. */
export class FaultSettingError extends Error {
  override readonly name = "FaultSettingError";
}

/** The value of the setting while nothing is injected. */
export const off = "off";

const setting = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  minutes: z.number().check(z.gt(0)),
  faults: z.array(fault).check(z.minLength(1), z.maxLength(20)),
});

// zod/mini has no messages of its own; imported by name, as otherwise every language is.
const { localeError } = en();

/**
 * Reads a setting: `{"from":"2026-12-01T09:00:00Z","minutes":15,"faults":[{"at":"dynamodb","kind":"latency","percent":10,"ms":500}]}`.
 * Times have an end by their form: nothing is injected for ever, or again later.
 * @param longestMinutes the longest time that the environment allows
 * @throws FaultSettingError with everything that is wrong
 */
export function readFaultSetting(text: string, longestMinutes: number): FaultSetting {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new FaultSettingError(`The faults are not JSON, so none is injected; write "${off}" or a JSON object.`);
  }
  const { success, data: read, error: wrong } = z.safeParse(setting, data, { error: localeError });
  if (!success) {
    const problems = wrong.issues.map(({ path, message }) => `${path.join(".") || "the value"}: ${message}`);
    throw new FaultSettingError(`The faults cannot be used, so none is injected: ${problems.join("; ")}.`);
  }
  if (read.minutes > longestMinutes) {
    throw new FaultSettingError(
      `The faults would last ${read.minutes} minutes, but the environment allows ${longestMinutes}, so none is injected; use fewer.`,
    );
  }
  const misplaced = read.faults.find(({ at: where, kind }) => where === "handler" && kind === "blocked");
  if (misplaced) {
    throw new FaultSettingError(
      "Only a dependency can be blocked, so nothing is injected; use timeout for the handler.",
    );
  }
  const beginsAt = Date.parse(read.from);
  return { beginsAt, endsAt: beginsAt + read.minutes * 60_000, faults: read.faults };
}
