const firstMilliseconds = 50;
const longestMilliseconds = 1_000;

/**
 * The pause before the next attempt, in milliseconds: doubled each time up to a second, and anywhere in its upper half, so that the
 * functions that lost one server do not all come back at one moment.
 * @see https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 */
export function retryPause(attempt: number, random: () => number = Math.random): number {
  const most = Math.min(longestMilliseconds, firstMilliseconds * 2 ** attempt);
  return most / 2 + (random() * most) / 2;
}
