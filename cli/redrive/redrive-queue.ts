import { errorName } from "../aws/errors";
import type { Journal } from "./journal";
import type { Letter } from "./letter";
import type { Pace } from "./pace";
import type { DeadLetterQueue } from "./queue";
import type { Send } from "./send";

/** How far a queue's letters came. */
export interface Redriven {
  /** Taken by their destination, and deleted. */
  sent: number;
  /** Taken by their destination in an earlier run, and now deleted. */
  finished: number;
  /** Among those that were sent, how many a run that ended meanwhile may have sent before. */
  uncertain: number;
  /** Left where they are, by why: not asked for, too old, not readable, or what the destination answered. */
  readonly left: Map<string, number>;
  /** Why it ended early; undefined if all that was there was looked at. */
  stopped: "interrupted" | "failing" | "limit" | undefined;
}

export interface RedriveOptions {
  readonly send: Send;
  readonly journal: Journal;
  readonly pace: Pace;
  /** Letters a second that the pace lets through. */
  readonly perSecond: number;
  /** Only these reasons; all if undefined. */
  readonly reasons: ReadonlySet<string> | undefined;
  /** Letters of what happened earlier are left, in milliseconds since 1970: consumers have forgotten what they handled. */
  readonly notBefore: number;
  /** Letters that became some later are left, in milliseconds since 1970: what failed again is not sent for ever. */
  readonly notAfter: number;
  /** How many may be sent, shared with other queues. */
  readonly budget: { left: number };
  readonly signal: AbortSignal;
  readonly onProgress: (redriven: Redriven) => void;
}

/** So many letters in a row that are not taken end the work on a queue: its destination is not well yet. */
const failuresInARow = 10;
/** Long enough for one round of letters at full pace, with the retries of the clients; in seconds. */
const spareSeconds = 120;
const longestVisibilitySeconds = 43_200;
/** For how long what was left does not come again while the others are sent, in seconds; it is given back at the end. */
const holdSeconds = 3_600;

/**
 * Sends the letters of a queue back, each at most once in this run. A letter is deleted only after its destination took it; until then it
 * is invisible, and comes back by itself whatever becomes of this process.
 */
export async function redriveQueue(queue: DeadLetterQueue, options: RedriveOptions): Promise<Redriven> {
  const { perSecond, budget, signal, journal, pace, send, onProgress } = options;
  const redriven: Redriven = { sent: 0, finished: 0, uncertain: 0, left: new Map(), stopped: undefined };
  const round = perSecond < 1 ? 1 : 10;
  const visibilitySeconds = Math.min(longestVisibilitySeconds, Math.ceil(round / perSecond) + spareSeconds);
  const kept = new Map<string, Letter>();
  let failures = 0;

  const leave = (letter: Letter, why: string): void => {
    if (!kept.has(letter.id)) redriven.left.set(why, (redriven.left.get(why) ?? 0) + 1);
    kept.set(letter.id, letter);
  };

  const handle = async (letter: Letter): Promise<void> => {
    const key = `${queue.place.region}/${queue.place.queue}/${letter.id}`;
    if (journal.wasTaken(key)) {
      await queue.delete(letter);
      journal.note("deleted", key);
      redriven.finished += 1;
      return;
    }
    const why = reasonToLeave(letter, options);
    if (why !== undefined) return leave(letter, why);
    if (budget.left <= 0) {
      redriven.stopped ??= "limit";
      return leave(letter, "over the limit");
    }
    budget.left -= 1;
    try {
      await pace.turn(signal);
    } catch {
      budget.left += 1;
      return leave(letter, "interrupted");
    }
    const uncertain = journal.isUncertain(key);
    journal.note("sending", key);
    try {
      await send(letter);
    } catch (error) {
      failures += 1;
      return leave(letter, errorName(error));
    }
    failures = 0;
    journal.note("taken", key);
    redriven.sent += 1;
    if (uncertain) redriven.uncertain += 1;
    await queue.delete(letter);
    journal.note("deleted", key);
  };

  try {
    // Long polling asks all servers of a queue, so one empty answer means that it is empty.
    for (let isEmpty = false; !isEmpty && redriven.stopped === undefined; ) {
      const letters = await queue.receive(visibilitySeconds, round);
      // What comes again was left before: there is nothing else.
      const fresh = letters.filter(({ id }) => !kept.has(id));
      for (const letter of letters) if (kept.has(letter.id)) kept.set(letter.id, letter);
      isEmpty = fresh.length === 0;
      if (queue.isFifo) for (const letter of fresh) await inOrder(letter, handle, leave, redriven, signal);
      else await settled(fresh.map(handle));
      await queue.hold(
        fresh.filter(({ id }) => kept.has(id)),
        holdSeconds,
      );
      if (failures >= (queue.isFifo ? 1 : failuresInARow)) redriven.stopped ??= "failing";
      if (signal.aborted) redriven.stopped = "interrupted";
      onProgress(redriven);
    }
  } finally {
    await queue.release([...kept.values()]);
  }
  return redriven;
}

/** One of a FIFO queue: nothing overtakes what was left. */
async function inOrder(
  letter: Letter,
  handle: (letter: Letter) => Promise<void>,
  leave: (letter: Letter, why: string) => void,
  { left }: Redriven,
  signal: AbortSignal,
): Promise<void> {
  if (left.size > 0 || signal.aborted) return leave(letter, "behind one that was left");
  return handle(letter);
}

/** Waits for all, and then throws what the first of them has thrown. */
async function settled(all: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}

function reasonToLeave({ payload, reason, sentAt, happenedAt }: Letter, options: RedriveOptions): string | undefined {
  const { reasons, notBefore, notAfter } = options;
  if (sentAt > notAfter) return "failed again";
  if (payload === undefined) return "not readable";
  if (reasons && !reasons.has(reason)) return "another reason";
  return happenedAt < notBefore ? "too old" : undefined;
}
