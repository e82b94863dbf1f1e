import {
  AttemptsExhaustedError,
  DeadlineExceededError,
  lastError,
  type RetryOptions,
  retry,
} from "../../../runtime/resilience/retry";
import { FakeClock } from "./fake-clock";

const down = new Error("down");

function failing(times: number, tookMs = 0, clock?: FakeClock) {
  return jest.fn(async (number: number) => {
    if (clock) clock.time += tookMs;
    if (number <= times) throw down;
    return `answer ${number}`;
  });
}

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("It succeeded.");
    },
    (error: unknown) => error,
  );

describe("retry", () => {
  let clock: FakeClock;
  let options: RetryOptions;
  beforeEach(() => {
    clock = new FakeClock();
    options = { baseDelayMs: 100, maxDelayMs: 1_000, clock, random: () => 1 };
  });

  test("returns the first answer, without a pause", async () => {
    expect(await retry(failing(0), options)).toBe("answer 1");
    expect(clock.pauses).toEqual([]);
  });

  test("doubles the longest pause up to its maximum", async () => {
    expect(await retry(failing(6), { ...options, attempts: 7 })).toBe("answer 7");
    expect(clock.pauses).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  test("takes each pause from all of its length, down to nothing", async () => {
    const random = jest.fn().mockReturnValueOnce(0).mockReturnValueOnce(0.25).mockReturnValueOnce(0.5);
    await retry(failing(3), { ...options, attempts: 4, random });
    expect(clock.pauses).toEqual([0, 50, 200]);
  });

  test("makes three attempts unless told, and then throws an error with their number and the last error", async () => {
    const attempt = failing(9);
    const error = await caught(retry(attempt, options));
    expect(error).toBeInstanceOf(AttemptsExhaustedError);
    expect(error).toMatchObject({ attempts: 3, cause: down, message: "All 3 attempts failed." });
    expect(attempt).toHaveBeenCalledTimes(3);
    expect(lastError(error)).toBe(down);
  });

  test("throws an error that is not retryable as it is, at once", async () => {
    const attempt = failing(9);
    const error = await caught(retry(attempt, { ...options, isRetryable: (cause) => cause !== down }));
    expect(error).toBe(down);
    expect(attempt).toHaveBeenCalledTimes(1);
    expect(lastError(error)).toBe(down);
  });

  test("starts no pause that outlives the deadline", async () => {
    const attempt = failing(9);
    const deadlineAt = clock.time + 350;
    const error = await caught(retry(attempt, { ...options, attempts: Number.POSITIVE_INFINITY, deadlineAt }));
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(error).toMatchObject({ attempts: 3, cause: down, message: "There is no time left for attempt 4." });
    expect(clock.pauses).toEqual([100, 200]);
    expect(clock.time).toBeLessThanOrEqual(deadlineAt);
  });

  test("starts no attempt that cannot end before the deadline", async () => {
    const attempt = failing(9, 200, clock);
    const deadlineAt = clock.time + 800;
    const error = await caught(retry(attempt, { ...options, attempts: 9, deadlineAt, attemptMs: 200 }));
    expect(error).toMatchObject({ name: "DeadlineExceededError", attempts: 2 });
    expect(clock.time).toBe(deadlineAt - 300);
  });

  test("makes no attempt when the deadline is over, and has no last error then", async () => {
    const attempt = failing(0);
    const error = await caught(retry(attempt, { ...options, deadlineAt: clock.time }));
    expect(error).toMatchObject({ name: "DeadlineExceededError", attempts: 0, cause: undefined });
    expect(lastError(error)).toBe(error);
    expect(attempt).not.toHaveBeenCalled();
  });

  test("makes no attempt after the signal was aborted, and throws its reason", async () => {
    const reason = new Error("client went away");
    const attempt = failing(0);
    expect(await caught(retry(attempt, { ...options, signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(attempt).not.toHaveBeenCalled();
  });

  test("ends a pause when the signal is aborted", async () => {
    const reason = new Error("client went away");
    const controller = new AbortController();
    const attempt = failing(9);
    const trying = caught(
      retry(attempt, { baseDelayMs: 3_600_000, maxDelayMs: 3_600_000, random: () => 1, signal: controller.signal }),
    );
    // The pause begins once the first attempt has failed.
    await new Promise(setImmediate);
    controller.abort(reason);
    expect(await trying).toBe(reason);
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  test("waits for real time without a clock of its own", async () => {
    expect(await retry(failing(2), { baseDelayMs: 1, maxDelayMs: 1 })).toBe("answer 3");
  });
});
