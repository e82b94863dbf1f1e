import { invocationTime } from "../invocation/time.js";
import { type Clock, systemClock } from "./clock.js";

/** How often and how long {@link retry} tries. */
export interface RetryOptions {
  /** The number of attempts, first one included: 3 by default; `Infinity` where the deadline alone ends it. */
  readonly attempts?: number;
  /** The longest pause after the first attempt, in milliseconds; it doubles with each further attempt. */
  readonly baseDelayMs: number;
  /** The longest pause of all, in milliseconds. */
  readonly maxDelayMs: number;
  /** When everything has to be over, in milliseconds since 1970. The end of the invocation that asks is a deadline in any case. */
  readonly deadlineAt?: number;
  /** The time that an attempt needs, in milliseconds: none starts with less time left. 1 by default. */
  readonly attemptMs?: number;
  /** Whether another attempt may succeed after an error; after every error by default. */
  readonly isRetryable?: (error: unknown) => boolean;
  /** Ends the pauses; no attempt starts after it was aborted. */
  readonly signal?: AbortSignal;
  /** From 0 to 1; for tests. */
  readonly random?: () => number;
  /** For tests. */
  readonly clock?: Clock;
}

/** {@link retry} gave up although another attempt might have succeeded; `cause` is the error of the last attempt. */
export abstract class RetryError extends Error {
  constructor(
    message: string,
    /** Attempts that were made. */
    readonly attempts: number,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/** All attempts failed. */
export class AttemptsExhaustedError extends RetryError {
  override readonly name = "AttemptsExhaustedError";

  constructor(attempts: number, cause: unknown) {
    super(`All ${attempts} attempts failed.`, attempts, cause);
  }
}

/** The time left is too short for another attempt; `cause` is undefined where it was too short for the first one. */
export class DeadlineExceededError extends RetryError {
  override readonly name = "DeadlineExceededError";

  constructor(attempts: number, cause: unknown) {
    super(`There is no time left for attempt ${attempts + 1}.`, attempts, cause);
  }
}

/**
 * Runs an attempt until it succeeds, with pauses of random length (full jitter) whose upper bound doubles each time. An error that
 * is not retryable is thrown as it is, and so is the reason of the signal.
 * @param attempt gets its number, from 1
 * @throws AttemptsExhaustedError after the last attempt
 * @throws DeadlineExceededError when pause and attempt would not end before the deadline
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export async function retry<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts = 3, attemptMs = 1 } = options;
  const deadlineAt = Math.min(
    options.deadlineAt ?? Number.POSITIVE_INFINITY,
    invocationTime()?.deadlineAt ?? Number.POSITIVE_INFINITY,
  );
  const { isRetryable = () => true, signal, clock = systemClock } = options;
  let last: unknown;
  for (let number = 1; ; number += 1) {
    signal?.throwIfAborted();
    if (clock.now() + attemptMs > deadlineAt) throw new DeadlineExceededError(number - 1, last);
    try {
      return await attempt(number);
    } catch (error) {
      if (!isRetryable(error)) throw error;
      last = error;
    }
    if (number >= attempts) throw new AttemptsExhaustedError(number, last);
    const pauseMs = backoffMs(number, options);
    if (clock.now() + pauseMs + attemptMs > deadlineAt) throw new DeadlineExceededError(number, last);
    await clock.sleep(pauseMs, signal);
  }
}

/** The error of the last attempt, where {@link retry} gave up after at least one; any other error as it is. */
export function lastError(error: unknown): unknown {
  return error instanceof RetryError && error.attempts > 0 ? error.cause : error;
}

function backoffMs(
  number: number,
  { baseDelayMs, maxDelayMs, random = Math.random }: Pick<RetryOptions, "baseDelayMs" | "maxDelayMs" | "random">,
): number {
  return random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (number - 1));
}
