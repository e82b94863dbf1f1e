import { invocationDeadline, TimeoutError, within } from "../../../runtime/resilience/deadline";
import { FakeClock } from "./fake-clock";

describe("invocationDeadline", () => {
  test("is the end of the invocation, less what is reserved", () => {
    const context = { getRemainingTimeInMillis: () => 8_000 };
    expect(invocationDeadline(context, 1_000, new FakeClock(5_000))).toBe(12_000);
  });
});

describe("within", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("passes the result and the error of work that ends in time, and leaves no timer behind", async () => {
    expect(await within(1_000, Promise.resolve("done"), "Too late.")).toBe("done");
    await expect(within(1_000, Promise.reject(new Error("down")), "Too late.")).rejects.toThrow("down");
    expect(jest.getTimerCount()).toBe(0);
  });

  test("gives up at the limit, and ignores an error that comes later", async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const waiting = within(1_000, work, "Too late.");
    jest.advanceTimersByTime(1_000);
    await expect(waiting).rejects.toThrow(new TimeoutError("Too late."));
    fail(new Error("later still"));
  });
});
