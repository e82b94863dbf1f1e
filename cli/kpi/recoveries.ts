/** A change of an alarm's state, as its history has it. */
export interface StateChange {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** What became of the times in which an alarm was in alarm. */
export interface Recoveries {
  /** How long each took that began and ended, in milliseconds, in their order. */
  readonly recovered: readonly number[];
  /** Since when it is in alarm, in milliseconds since 1970; undefined where it is not. */
  readonly openSince: number | undefined;
  /** How many had begun before the first change that is known, so that their lengths are not known. */
  readonly beganBefore: number;
}

/**
 * Recoveries by the history of an alarm: from ALARM to the next OK. An alarm that lacks data meanwhile has not recovered, and one that
 * goes back to ALARM from there is still the same one.
 */
export function recoveriesOf(changes: readonly StateChange[]): Recoveries {
  const recovered: number[] = [];
  let openSince: number | undefined;
  let beganBefore = 0;
  for (const { at, from, to } of [...changes].sort((a, b) => a.at - b.at)) {
    if (to === "ALARM") {
      openSince ??= at;
    } else if (to === "OK") {
      if (openSince !== undefined) recovered.push(at - openSince);
      else if (from === "ALARM") beganBefore += 1;
      openSince = undefined;
    }
  }
  return { recovered, openSince, beganBefore };
}

/** The mean time to recovery, in minutes with one decimal; null where nothing has recovered. */
export function meanMinutes(recovered: readonly number[]): number | null {
  if (recovered.length === 0) return null;
  const mean = recovered.reduce((sum, ms) => sum + ms, 0) / recovered.length;
  return Math.round(mean / 6_000) / 10;
}
