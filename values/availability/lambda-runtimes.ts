import { lambdaRuntimeData } from "../data/lambda-runtimes";

const days: Readonly<Record<string, string>> = lambdaRuntimeData.days;

/** The days in the life of a runtime, `2027-04-30`. */
export interface RuntimeDays {
  /** From then on it gets no security updates. */
  readonly deprecated: string;
  /** From then on AWS creates no function with it. */
  readonly noCreation: string;
  /** From then on AWS changes no function with it. */
  readonly noUpdate: string;
}

/** How many days before its deprecation a runtime is worth a note. */
const noticeDays = 180;

/** The days of a runtime; undefined if they are not known. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export function runtimeDays(runtime: string): RuntimeDays | undefined {
  const [deprecated, noCreation, noUpdate] = days[runtime]?.split(" ") ?? [];
  return deprecated && noCreation && noUpdate ? { deprecated, noCreation, noUpdate } : undefined;
}

/** What to know of a runtime whose end is near or behind, as seen from a day; undefined for one that stays. */
export function runtimeNote(runtime: string, today: Date): string | undefined {
  const known = runtimeDays(runtime);
  if (!known || daysUntil(known.deprecated, today) > noticeDays) return undefined;
  const successor = Object.keys(days).find(
    (other) => daysUntil(runtimeDays(other)?.deprecated ?? "", today) > noticeDays,
  );
  const gets = daysUntil(known.deprecated, today) > 0 ? "gets no updates from" : "has had no updates since";
  const ends = `AWS creates no function with it from ${known.noCreation} on, and changes none from ${known.noUpdate} on`;
  return `${runtime} ${gets} ${known.deprecated}${gets.endsWith("from") ? " on" : ""}, and ${ends}; use ${successor ?? "a newer one"}`;
}

const daysUntil = (day: string, today: Date): number => (Date.parse(day) - today.getTime()) / 86_400_000;
