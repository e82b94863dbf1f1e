import { type Clock, systemClock } from "./clock.js";

/** Work took longer than it was given. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

/** The deadline of an invocation, in milliseconds since 1970: so many milliseconds before Lambda ends it. */
export function invocationDeadline(
  context: { readonly getRemainingTimeInMillis: () => number },
  reserveMs: number,
  clock: Clock = systemClock,
): number {
  return clock.now() + context.getRemainingTimeInMillis() - reserveMs;
}

/**
 * Waits for work, but not longer than a limit in milliseconds; work that takes longer is not stopped, and what becomes of it later
 * is ignored. @throws TimeoutError with the given message
 */
export async function within<T>(limitMs: number, work: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(message)), Math.max(1, limitMs));
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
