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
const noticeDays = 90;

/** The days of a runtime; undefined if they are not known. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export function runtimeDays(runtime: string): RuntimeDays | undefined {
  const [deprecated, noCreation, noUpdate] = days[runtime]?.split(" ") ?? [];
  return deprecated && noCreation && noUpdate ? { deprecated, noCreation, noUpdate } : undefined;
}

/**
 * What to know of a runtime whose end is near or behind, as seen from a day; undefined for one that stays.
 * @param offered those that may take its place
 */
export function runtimeNote(runtime: string, today: Date, offered: readonly string[] = []): string | undefined {
  const known = runtimeDays(runtime);
  if (!known || staysOn(runtime, today)) return undefined;
  const updates =
    daysUntil(known.deprecated, today) > 0
      ? `gets no updates from ${known.deprecated} on`
      : `has had no updates since ${known.deprecated}`;
  const ends = `AWS creates no function with it from ${known.noCreation} on, and changes none from ${known.noUpdate} on`;
  const successor = offered.find((other) => other !== runtime && staysOn(other, today));
  return `${runtime} ${updates}, and ${ends}${successor ? `; use ${successor}` : ""}`;
}

const staysOn = (runtime: string, today: Date): boolean =>
  daysUntil(runtimeDays(runtime)?.deprecated ?? "", today) > noticeDays;

const daysUntil = (day: string, today: Date): number => (Date.parse(day) - today.getTime()) / 86_400_000;
