/** What every fault says. */
interface Common {
  /** Where it is injected: `handler` for the answer of the function itself, or a dependency by the name that it was wrapped with. */
  readonly at: string;
  /** Percentage of the calls, drawn anew for each. */
  readonly percent: number;
}

/** One fault, where it is injected, and into which percentage of calls. */
export type Fault = Common &
  (
    | {
        /** Waits before the call, `ms` and up to `jitterMs` more. */
        readonly kind: "latency";
        readonly ms: number;
        readonly jitterMs: number;
      }
    | {
        /** Throws an error of this name instead of the call. */
        readonly kind: "exception";
        readonly error: string;
      }
    | {
        /** Answers with a status instead of the call; `error` is what an AWS service would call it. */
        readonly kind: "status";
        readonly status: number;
        readonly error?: string;
        readonly retryAfterSeconds?: number;
      }
    | {
        /** Fails as too late: a dependency after `ms`, the handler with the time of the function. */
        readonly kind: "timeout";
        readonly ms: number;
      }
    | {
        /** Holds so many MiB of memory, or fills so many of the folder for temporary files, during the call. */
        readonly kind: "memory-pressure" | "full-disk";
        readonly mb: number;
      }
    | {
        /** Never answers, until the client gives up or the time of the invocation is over; or gives half of its answer. */
        readonly kind: "blocked" | "corrupted";
      }
  );

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

/** What a field of a fault must be, and what it is where it is left out; required without either. */
interface Field {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly fallback?: unknown;
  readonly optional?: boolean;
}

const number = (least: number, most: number, rest: Partial<Field> = {}): Field => ({
  expected: `a number from ${least} to ${most}`,
  accepts: (value) => typeof value === "number" && value >= least && value <= most,
  ...rest,
});

const text = (pattern: RegExp, expected: string, rest: Partial<Field> = {}): Field => ({
  expected,
  accepts: (value) => typeof value === "string" && pattern.test(value),
  ...rest,
});

const errorName = (rest: Partial<Field>): Field => text(/^[A-Za-z][\w.]{0,99}$/, "the name of an error", rest);
const longestMs = 900_000;
const megabytes = { mb: number(1, 10_240) };

const common: Readonly<Record<string, Field>> = {
  at: text(/^[a-z][a-z0-9-]{0,63}$/, "handler, or the name of a dependency"),
  percent: number(0, 100, { fallback: 100 }),
};

// A schema library would be loaded at the cold start of every handler that also reads requests by it: they would share one file.
const fieldsOf: Readonly<Record<FaultKind, Readonly<Record<string, Field>>>> = {
  latency: { ms: number(1, longestMs), jitterMs: number(0, longestMs, { fallback: 0 }) },
  exception: { error: errorName({ fallback: "InjectedFault" }) },
  status: {
    status: number(400, 599),
    error: errorName({ optional: true }),
    retryAfterSeconds: number(0, 3600, { optional: true }),
  },
  timeout: { ms: number(1, longestMs, { fallback: 1_000 }) },
  "memory-pressure": megabytes,
  "full-disk": megabytes,
  blocked: {},
  corrupted: {},
};

const mostFaults = 20;

/**
 * Reads a setting: `{"from":"2026-12-01T09:00:00Z","minutes":15,"faults":[{"at":"dynamodb","kind":"latency","percent":10,"ms":500}]}`.
 * Times have an end by their form: nothing is injected for ever, or again later.
 * @param longestMinutes the longest time that the environment allows
 * @throws FaultSettingError with everything that is wrong
 */
export function readFaultSetting(setting: string, longestMinutes: number): FaultSetting {
  const data = jsonOf(setting);
  const problems: string[] = [];
  const { from, minutes, faults, ...others } = data;
  const beginsAt =
    typeof from === "string" && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(from) ? Date.parse(from) : Number.NaN;
  if (Number.isNaN(beginsAt)) problems.push("from must be a time such as 2026-12-01T09:00:00Z");
  const isLong = typeof minutes === "number" && minutes > longestMinutes;
  if (isLong) problems.push(`minutes is ${minutes}, but the environment allows ${longestMinutes}`);
  else if (typeof minutes !== "number" || !(minutes > 0)) problems.push("minutes must be a number above 0");
  for (const name of Object.keys(others)) problems.push(`${name} is not a field`);
  const list = Array.isArray(faults) ? faults : [];
  if (list.length === 0 || list.length > mostFaults) problems.push(`faults must be a list of 1 to ${mostFaults}`);
  const read = list.map((fault, index) => readFault(fault, `faults[${index}]`, problems));
  if (problems.length > 0) {
    throw new FaultSettingError(
      `The faults cannot be used, so none is injected: ${problems.join("; ")}. Correct the parameter.`,
    );
  }
  return { beginsAt, endsAt: beginsAt + Number(minutes) * 60_000, faults: read as unknown as Fault[] };
}

function jsonOf(setting: string): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(setting);
    if (isRecord(data)) return data;
  } catch {
    // Told below, as for JSON of another form.
  }
  throw new FaultSettingError('The faults are not a JSON object, so none is injected; write "off", or an object.');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readFault(fault: unknown, path: string, problems: string[]): Record<string, unknown> {
  const { kind, ...given } = isRecord(fault) ? fault : ({} as Record<string, unknown>);
  const kinds = Object.keys(fieldsOf);
  if (typeof kind !== "string" || !kinds.includes(kind)) {
    problems.push(`${path}.kind must be one of ${kinds.join(", ")}`);
    return {};
  }
  if (kind === "blocked" && given.at === "handler")
    problems.push(`${path}.kind must not be blocked for the handler; use timeout`);
  const fields = { ...common, ...fieldsOf[kind as FaultKind] };
  for (const name of Object.keys(given).filter((each) => !Object.hasOwn(fields, each))) {
    problems.push(`${path}.${name} is not a field of ${kind}`);
  }
  const read: Record<string, unknown> = { kind };
  for (const [name, { expected, accepts, fallback, optional }] of Object.entries(fields)) {
    const value = given[name] ?? fallback;
    if (value === undefined && optional) continue;
    if (accepts(value)) read[name] = value;
    else problems.push(`${path}.${name} must be ${expected}`);
  }
  return read;
}
