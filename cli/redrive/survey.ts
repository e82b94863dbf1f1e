import type { Letter } from "./letter";
import type { DeadLetterQueue, QueueCounts } from "./queue";

/** What is in a queue, as far as one looked. */
export interface Survey extends QueueCounts {
  /** How many letters were looked at. */
  readonly lookedAt: number;
  /** When the oldest of them became one, in milliseconds since 1970. */
  readonly oldest: number | undefined;
  /** How many there are of each reason, the most frequent first. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** For how long nobody else gets what is looked at, in seconds, if it cannot be given back. */
const visibilitySeconds = 30;

/**
 * Counts the letters in a queue, and looks at some of them, which are given back at once. Looking changes nothing but the
 * number of times that they were received.
 * @param most how many to look at
 */
export async function survey(queue: DeadLetterQueue, most: number, signal: AbortSignal): Promise<Survey> {
  const counts = await queue.counts();
  const letters = new Map<string, Letter>();
  try {
    while (letters.size < Math.min(counts.waiting, most) && !signal.aborted) {
      const received = await queue.receive(visibilitySeconds, most - letters.size);
      if (received.length === 0) break;
      for (const letter of received) letters.set(letter.id, letter);
    }
  } finally {
    await queue.release([...letters.values()]);
  }
  const seen = [...letters.values()];
  return {
    ...counts,
    lookedAt: seen.length,
    oldest: seen.length === 0 ? undefined : Math.min(...seen.map(({ sentAt }) => sentAt)),
    reasons: reasonsOf(seen),
  };
}

function reasonsOf(letters: readonly Letter[]): Survey["reasons"] {
  const counts = new Map<string, number>();
  for (const { reason } of letters) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((left, right) => right.count - left.count || left.reason.localeCompare(right.reason));
}
