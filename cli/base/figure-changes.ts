import type { Figures } from "./figures";

/** One number that is another one than in the base. */
export interface FigureChange {
  readonly figure: (typeof changeable)[number];
  /** The service of AWS, for costs; the service and what has to recover, for recovery; null for all. */
  readonly of: string | null;
  /** Null for what was not there. */
  readonly before: number | null;
  /** Null for what is no longer there. */
  readonly now: number | null;
}

/** Numbers that are compared, each as its document calls it. */
export const changeable = [
  "usd",
  "failoverUsd",
  "recoveryTimeSeconds",
  "recoveryPointSeconds",
  "promisedRecoveryTimeSeconds",
  "promisedRecoveryPointSeconds",
] as const;

/** What of the figures is another than in the base: all of the environment, then service by service. */
export function figureChanges(before: Figures, now: Figures): FigureChange[] {
  const [then, today] = [numbersOf(before), numbersOf(now)];
  const all = new Map([...today, ...then].map(([key, { figure, of }]) => [key, { figure, of }]));
  return [...all]
    .map(([key, one]) => ({
      ...one,
      before: then.get(key)?.value ?? null,
      now: today.get(key)?.value ?? null,
    }))
    .filter((one) => one.before !== one.now);
}

type Numbered = Pick<FigureChange, "figure" | "of"> & { readonly value: number | null };

function numbersOf({ cost, recovery }: Figures): Map<string, Numbered> {
  const costs = [{ name: null, usd: cost.usd, failoverUsd: cost.failoverUsd }, ...cost.services];
  const all: Numbered[] = [
    ...costs.flatMap(({ name: of, ...one }): Numbered[] => [
      { figure: "usd", of, value: one.usd },
      { figure: "failoverUsd", of, value: one.failoverUsd },
    ]),
    ...recovery.services.flatMap(({ name, paths, promised }) => [
      ...paths.flatMap((path): Numbered[] => {
        const of = [name, path.path, ...(path.subject === null ? [] : [path.subject])].join(" ");
        return [
          { figure: "recoveryTimeSeconds", of, value: path.recoveryTimeSeconds },
          { figure: "recoveryPointSeconds", of, value: path.recoveryPointSeconds },
        ];
      }),
      ...(promised
        ? ([
            { figure: "promisedRecoveryTimeSeconds", of: name, value: promised.recoveryTimeSeconds },
            { figure: "promisedRecoveryPointSeconds", of: name, value: promised.recoveryPointSeconds },
          ] as const)
        : []),
    ]),
  ];
  return new Map(all.map((one) => [`${one.figure} ${one.of}`, one]));
}
