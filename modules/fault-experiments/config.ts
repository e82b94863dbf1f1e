import { z } from "zod";
import { timeZone } from "../../values/languages";
import { checkedText, kebabName, logRetentionDays, strictObject, withRule } from "../core";
import { gameDayTimes, minutesOfDay } from "./game-day-times";

export type * from "./input";

/** The longest that an action of FIS lasts, in minutes. @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
export const longestMinutes = 720;

/** A function reads its switch behind an invocation and every 45 s, so a shorter experiment would end before it shows anything. */
const leastFaultMinutes = 5;

/** What the experiments of one region have in common. */
export const faultExperimentsConfig = strictObject(() => ({
  logRetentionDays: logRetentionDays.default(365),
}));

export type FaultExperimentsConfig = z.output<typeof faultExperimentsConfig>;

const longestMs = 900_000;

/** What each kind of fault says beside where and how often; what it must say has `required`. */
const fieldsOf = {
  latency: { required: ["ms"], optional: ["jitterMs"] },
  exception: { required: [], optional: ["error"] },
  status: { required: ["status"], optional: ["error", "retryAfterSeconds"] },
  timeout: { required: [], optional: ["ms"] },
  blocked: { required: [], optional: [] },
  corrupted: { required: [], optional: [] },
  "memory-pressure": { required: ["mb"], optional: [] },
  "full-disk": { required: ["mb"], optional: [] },
} as const satisfies Record<string, { readonly required: readonly string[]; readonly optional: readonly string[] }>;

type FaultKind = keyof typeof fieldsOf;

const fault = strictObject(() => ({
  at: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,63}$/,
      "is not kebab-case; use handler, or the name that the code wraps a dependency with",
    )
    .describe(
      "Where it is injected: handler for the answer of the function, or the name that its code wraps a dependency with.",
    ),
  kind: z
    .enum(Object.keys(fieldsOf) as [FaultKind, ...FaultKind[]])
    .describe("What it is; runtime/chaos says what each kind does."),
  percent: z.number().gt(0).max(100).default(100).describe("Percentage of the calls there, drawn anew for each."),
  ms: z
    .int()
    .min(1)
    .max(longestMs)
    .optional()
    .describe("How long a latency lasts, or when a timeout is too late, in milliseconds."),
  jitterMs: z.int().min(0).max(longestMs).optional().describe("Up to so many milliseconds more of a latency."),
  status: z.int().min(400).max(599).optional().describe("HTTP status that is answered."),
  error: z
    .string()
    .regex(/^[A-Za-z][\w.]{0,99}$/, "is not the name of an error; use letters, digits, dots and underscores")
    .optional()
    .describe("Name of the error of an exception or a status, such as ThrottlingException."),
  retryAfterSeconds: z
    .int()
    .min(0)
    .max(3600)
    .optional()
    .describe("Value of the header retry-after of a status, in seconds."),
  mb: z.int().min(1).max(10_240).optional().describe("MiB that a pressure on memory or a full disk takes."),
}));

/** Faults that one experiment injects into a function, as literal values. */
export const functionFaultsConfig = withRule(
  strictObject(() => ({
    minutes: z
      .int()
      .min(leastFaultMinutes)
      .max(longestMinutes)
      .default(15)
      .describe("How long the faults are injected, in minutes. A function takes up to a minute to notice them."),
    faults: z.array(fault).min(1).max(20).describe("What is injected; the first that hits a call is."),
  })),
  ({ faults }, report) => {
    faults.forEach(({ at, kind, percent: _, ...given }, index) => {
      if (kind === "blocked" && at === "handler") {
        report(["faults", index, "kind"], "is for dependencies, as a handler has to end; use timeout");
      }
      const { required, optional }: { readonly required: readonly string[]; readonly optional: readonly string[] } =
        fieldsOf[kind] ?? { required: [], optional: [] };
      const said = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
      for (const name of required.filter((each) => !said.includes(each))) {
        report(["faults", index, name], `is required for ${kind}; say it`);
      }
      for (const name of said.filter((each) => ![...required, ...optional].includes(each))) {
        report(["faults", index, name], `is nothing that ${kind} takes; remove it`);
      }
    });
  },
);

export type FunctionFaultsConfig = z.output<typeof functionFaultsConfig>;

const weekday = z.enum(["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]);

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "is not a time of day; write it like 09:30");

/** When experiments may run by themselves. */
export const allowedHoursConfig = withRule(
  strictObject(() => ({
    days: z
      .array(weekday)
      .min(1)
      .default(["MON", "TUE", "WED", "THU", "FRI"])
      .describe("Days of the week on which they may."),
    from: timeOfDay.default("09:00").describe("Time of day from which on they may."),
    to: timeOfDay.default("16:00").describe("Time of day at which all of them have ended."),
    timeZone: checkedText(timeZone).default("UTC").describe("IANA time zone of both, such as Europe/Dublin."),
  })),
  ({ from, to }, report) => {
    if (minutesOfDay(from) >= minutesOfDay(to))
      report(["to"], `is not after from, ${from}; use a later time of the day`);
  },
);

export type AllowedHoursConfig = z.output<typeof allowedHoursConfig>;

/** Experiments that a schedule starts, one after the other. */
export const gameDayConfig = strictObject(() => ({
  name: kebabName(20).describe("Name of the game day. Part of the Terraform address."),
  day: weekday.describe("Day of the week."),
  week: z
    .int()
    .min(1)
    .max(4)
    .optional()
    .describe("Which of these days in a month, such as 1 for the first; every week if left out."),
  at: timeOfDay.describe("Time of day at which the first experiment starts, in the time zone of the allowed hours."),
  pauseMinutes: z
    .int()
    .min(1)
    .max(240)
    .default(15)
    .describe("Minutes between the end of one experiment and the start of the next, for the system to recover."),
  experiments: z
    .array(kebabName(43))
    .min(1)
    .max(20)
    .describe("Names of the experiments, in the order that they run in."),
}));

export type GameDayConfig = z.output<typeof gameDayConfig>;

/** What is wrong with a game day, where in it, and what to do. */
export interface GameDayProblem {
  readonly path: "day" | "at";
  readonly problem: string;
  readonly remedy: string;
}

/** Why a game day does not fit into the hours that are allowed; undefined where it does. */
export function gameDayProblem(
  gameDay: GameDayConfig,
  hours: AllowedHoursConfig,
  minutesOfExperiment: (name: string) => number,
): GameDayProblem | undefined {
  const { day, at } = gameDay;
  const { days, from, to } = hours;
  if (!days.includes(day)) {
    const problem = "is no day on which experiments may run";
    return { path: "day", problem, remedy: `use one of ${days.join(", ")}` };
  }
  if (minutesOfDay(at) < minutesOfDay(from)) {
    return { path: "at", problem: `is before ${from}, from when on experiments may run`, remedy: "use a later time" };
  }
  const end = Math.max(...gameDayTimes(gameDay, minutesOfExperiment).map(({ end: of }) => of));
  if (end <= minutesOfDay(to)) return undefined;
  const late = end - minutesOfDay(to);
  return {
    path: "at",
    problem: `lets the last experiment end ${late} min after ${to}, when all have to have ended`,
    remedy: "start earlier, or run fewer or shorter experiments",
  };
}
