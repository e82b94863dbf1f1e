import { AsyncLocalStorage } from "node:async_hooks";

/** The time of an invocation is nearly over. What it was doing was aborted; how far it had got may be unknown. */
export class OutOfTimeError extends Error {
  override readonly name = "OutOfTimeError";

  constructor() {
    super("The invocation ran out of time, and what it was doing was aborted.");
  }
}

/** How long the current invocation has. */
export interface InvocationTime {
  /** When its work is aborted, in milliseconds since 1970. */
  readonly deadlineAt: number;
  /** Aborted then, with an {@link OutOfTimeError} as its reason. */
  readonly signal: AbortSignal;
}

/** What an invocation is asked how long it has. */
export interface RemainingTime {
  readonly getRemainingTimeInMillis?: () => number;
}

const current = new AsyncLocalStorage<InvocationTime>();

/** What is left to do at the end of invocations, by who wants it done. */
const atEnd = new WeakMap<InvocationTime, Map<object, () => Promise<void>>>();

/**
 * Has something done at the end of the current invocation, before its answer: Lambda freezes the function after that. Not if the
 * invocation ran out of time, and never outside of one. It must end soon by itself; what it throws is ignored.
 * @param of who wants it: a second time in the same invocation changes nothing
 */
export function atInvocationEnd(of: object, work: () => Promise<void>): void {
  const time = current.getStore();
  const known = time && atEnd.get(time);
  if (known && !known.has(of)) known.set(of, work);
}

/** The time of the invocation that the caller works for; undefined outside of {@link withinTime}. */
export const invocationTime = (): InvocationTime | undefined => current.getStore();

/** The signal of the invocation that the caller works for; outside of {@link withinTime} one that is never aborted. */
export const invocationSignal = (): AbortSignal => invocationTime()?.signal ?? new AbortController().signal;

/** A signal that is aborted by either: the one given, and the end of the current invocation. */
export function abortedBy(signal?: AbortSignal | null): AbortSignal | undefined {
  const signals = [signal, invocationTime()?.signal].filter((one) => one instanceof AbortSignal);
  return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}

/** Work that ends with a signal, whether or not it listens to the signal itself. @throws the reason of the signal */
export async function until<T>(signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
  if (!signal) return await work();
  signal.throwIfAborted();
  let listener: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    listener = () => reject(signal.reason);
    signal.addEventListener("abort", listener, { once: true });
  });
  const running = (async () => await work())();
  // What becomes of it after the signal is nobody's concern any more.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, aborted]);
  } finally {
    if (listener) signal.removeEventListener("abort", listener);
  }
}

/**
 * Runs the work of one invocation, and aborts it before Lambda ends the function without an answer or a line in the log. Databases and
 * clients of this library notice by themselves; pass `signal` to others, such as `fetch`.
 * @param reserveMs what is left for the answer, in milliseconds: 500 by default, and at most a tenth of the time there is
 * @throws OutOfTimeError
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export async function withinTime<T>(
  context: RemainingTime,
  work: (time: InvocationTime | undefined) => T | Promise<T>,
  reserveMs = 500,
): Promise<T> {
  const remainingMs = context.getRemainingTimeInMillis?.();
  if (remainingMs === undefined) return await work(undefined);
  const limitMs = Math.max(0, remainingMs - Math.min(reserveMs, remainingMs / 10));
  const controller = new AbortController();
  const time = { deadlineAt: Date.now() + limitMs, signal: controller.signal };
  const timer = setTimeout(() => controller.abort(new OutOfTimeError()), limitMs);
  const ends = new Map<object, () => Promise<void>>();
  atEnd.set(time, ends);
  try {
    return await current.run(time, () => until(controller.signal, () => work(time)));
  } finally {
    clearTimeout(timer);
    if (!controller.signal.aborted) await Promise.all([...ends.values()].map((end) => end().catch(() => undefined)));
  }
}
