import { lambdaRuntimeData } from "../data/lambda-runtimes";

/**
 * The runtimes that functions may have by what runs in them, the newest first: those that AWS still makes functions with and the pinned provider
 * knows, and nodejs20.x, which functions of before have.
 */
export const lambdaRuntimes = {
  nodejs: ["nodejs22.x", "nodejs20.x"],
  python: ["python3.13", "python3.12"],
  java: ["java21"],
  dotnet: ["dotnet8"],
  ruby: ["ruby3.4", "ruby3.3"],
  /** Amazon Linux alone: the archive brings a program called `bootstrap`, of Go, Rust or C. */
  provided: ["provided.al2023"],
} as const;

/** What runs in a runtime. */
export type RuntimeFamily = keyof typeof lambdaRuntimes;

/** The name of a runtime that functions may have. */
export type LambdaRuntime = (typeof lambdaRuntimes)[RuntimeFamily][number];

/** What messages call the families. */
export const familyNames: Readonly<Record<RuntimeFamily, string>> = {
  nodejs: "Node.js",
  python: "Python",
  java: "Java",
  dotnet: ".NET",
  ruby: "Ruby",
  provided: "an OS-only runtime",
};

/** All of them. */
export const allLambdaRuntimes = Object.values(lambdaRuntimes).flat() as unknown as readonly [
  LambdaRuntime,
  ...LambdaRuntime[],
];

/** What runs in a runtime; undefined for one that functions may not have. */
export function runtimeFamily(runtime: string): RuntimeFamily | undefined {
  const [first] = runtime.split(/[0-9.]/);
  const family = (Object.keys(lambdaRuntimes) as RuntimeFamily[]).find((name) => name === first);
  return family && (lambdaRuntimes[family] as readonly string[]).includes(runtime) ? family : undefined;
}

/** Why functions cannot have a runtime that is known, and what to do; undefined for one that they can have, or that nobody knows. */
export function runtimeProblem(runtime: string): string | undefined {
  const known = runtimeDays(runtime);
  if (!known || runtimeFamily(runtime)) return undefined;
  const family = (Object.keys(lambdaRuntimes) as RuntimeFamily[]).find((name) => runtime.startsWith(name));
  const [successor] = lambdaRuntimes[runtime.startsWith("go") ? "provided" : (family ?? "provided")];
  if (Date.parse(known.deprecated) >= Date.parse(runtimeDays(successor)?.deprecated ?? "")) {
    return `is newer than what this version of the provider knows; use ${successor}`;
  }
  return `has had no updates since ${known.deprecated}: AWS creates no function with it from ${known.noCreation} on, and changes none from ${known.noUpdate} on; use ${successor}`;
}

/** Runtimes that SnapStart restores from a snapshot. @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
const snapStartFamilies: readonly RuntimeFamily[] = ["python", "java", "dotnet"];

/** Regions without SnapStart, which are also those without a commercial offer of it. */
const withoutSnapStart: readonly string[] = ["ap-southeast-6", "ap-east-2"];

/** Whether functions of a runtime can be restored from a snapshot. */
export const canSnapStart = (runtime: string): boolean => snapStartFamilies.includes(runtimeFamily(runtime) as never);

/** Whether a region has SnapStart. AWS says so of its commercial regions only. */
export const hasSnapStart = (region: string): boolean =>
  !withoutSnapStart.includes(region) && !region.startsWith("cn-") && !region.startsWith("us-gov-");

/** Whether AWS charges for the snapshots of a runtime, and for each time that one is restored. @see https://aws.amazon.com/lambda/pricing/ */
export const paysForSnapshots = (runtime: string): boolean =>
  canSnapStart(runtime) && runtimeFamily(runtime) !== "java";

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
