import type { RecoveryRow } from "../recovery-objectives";

/** What an experiment is to show: an objective of the recovery table that holds in spite of the fault. */
export interface Hypothesis {
  /** Who is served, and how: `clients of orders are answered by eu-central-1`. */
  readonly holds: string;
  /** The row of the recovery table that it is from. */
  readonly row: Pick<RecoveryRow, "path" | "subject" | "recoveryTimeSeconds" | "recoveryTime">;
  /** What the services promise, in seconds; undefined where they promise nothing. */
  readonly promisedSeconds?: number;
}

/** A hypothesis as it is read from the description of a template. */
export interface StatedHypothesis {
  readonly holds: string;
  readonly seconds: number;
  /** The path of the recovery table, with its subject: `tables orders`. */
  readonly objective: string;
  readonly calculation: string;
  readonly promisedSeconds: number | null;
}

/** `clients of orders are answered by eu-central-1 within 90 s (dns: requestIntervalSeconds 10 x failureThreshold 3 + 60 s; promised 420 s)` */
export function hypothesisText({ holds, row, promisedSeconds }: Hypothesis): string {
  const { path, subject, recoveryTimeSeconds, recoveryTime } = row;
  const objective = subject === undefined ? path : `${path} ${subject}`;
  const promised = promisedSeconds === undefined ? "" : `; promised ${promisedSeconds} s`;
  return `${holds} within ${recoveryTimeSeconds} s (${objective}: ${recoveryTime.made}${promised})`;
}

/** What {@link hypothesisText} has written into a text; undefined where there is none. */
export function readHypothesis(text: string): StatedHypothesis | undefined {
  const found = /Hypothesis: (.+) within (\d+) s \(([^:]+): (.+?)(?:; promised (\d+) s)?\)\.$/s.exec(text);
  const [, holds, seconds, objective, calculation, promised] = found ?? [];
  if (holds === undefined || objective === undefined || calculation === undefined) return undefined;
  return {
    holds,
    seconds: Number(seconds),
    objective,
    calculation,
    promisedSeconds: promised === undefined ? null : Number(promised),
  };
}
