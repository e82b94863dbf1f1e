import { serviceErrorFromAws } from "../../../runtime/aws/aws-errors";
import type { BreakerMode } from "../../../runtime/breaker/circuit-breaker";
import { CircuitOpenError } from "../../../runtime/breaker/circuit-open-error";
import { RegionalBreakers } from "../../../runtime/breaker/regional-breakers";
import { environmentWith, FakeDependency, inTurn, outcomeOf, StandingClock } from "./breakers";

describe("CircuitBreaker, alone", () => {
  test("opens after failures in a row, and refuses without calling", async () => {
    const [clock, carrier] = [new StandingClock(), new FakeDependency()];
    const { breaker, reports } = environmentWith(clock);
    carrier.up = false;
    expect(await inTurn(6, () => breaker.call(carrier.call))).toEqual([
      "failed",
      "failed",
      "failed",
      "refused",
      "refused",
      "refused",
    ]);
    expect(carrier.calls).toBe(3);
    expect(reports).toEqual(["opened", "refused", "refused", "refused"]);
  });

  test("begins anew after a success", async () => {
    const carrier = new FakeDependency();
    const { breaker } = environmentWith(new StandingClock());
    for (const up of [false, false, true, false, false]) {
      carrier.up = up;
      await outcomeOf(breaker.call(carrier.call));
    }
    expect(breaker.isOpen).toBe(false);
  });

  test("opens by a share of the last calls", async () => {
    const carrier = new FakeDependency();
    const { breaker } = environmentWith(new StandingClock(), { failures: { percent: 50, calls: 4 } });
    for (const up of [true, false, true, false]) {
      carrier.up = up;
      await outcomeOf(breaker.call(carrier.call));
    }
    expect(breaker.isOpen).toBe(false);
    carrier.up = false;
    await inTurn(2, () => breaker.call(carrier.call));
    expect(breaker.isOpen).toBe(true);
  });

  test("probes once when its time is over, waits twice as long after each probe that fails up to its maximum, and closes after one that does not", async () => {
    const [clock, carrier] = [new StandingClock(), new FakeDependency()];
    const { breaker, reports } = environmentWith(clock);
    carrier.up = false;
    await inTurn(3, () => breaker.call(carrier.call));
    for (const openMs of [30_000, 60_000, 100_000, 100_000]) {
      clock.move(openMs - 1);
      expect(await outcomeOf(breaker.call(carrier.call))).toBe("refused");
      clock.move(1);
      expect(await inTurn(2, () => breaker.call(carrier.call))).toEqual(["failed", "refused"]);
    }
    expect(carrier.calls).toBe(3 + 4);
    carrier.up = true;
    clock.move(100_000);
    expect(await inTurn(2, () => breaker.call(carrier.call))).toEqual(["answered", "answered"]);
    expect(reports.filter((what) => what !== "refused")).toEqual(["opened", ...Array(4).fill("reopened"), "closed"]);
  });

  test("makes one probe of calls at the same time", async () => {
    const [clock, carrier] = [new StandingClock(), new FakeDependency()];
    const { breaker } = environmentWith(clock);
    carrier.up = false;
    await inTurn(3, () => breaker.call(carrier.call));
    clock.move(30_000);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => outcomeOf(breaker.call(carrier.call))));
    expect(outcomes.filter((outcome) => outcome === "failed")).toHaveLength(1);
    expect(carrier.calls).toBe(4);
  });

  test("does not count errors that say nothing of the dependency, also those of a probe", async () => {
    const [clock, carrier] = [new StandingClock(), new FakeDependency()];
    const { breaker } = environmentWith(clock, {
      isFailure: (error) => !(error instanceof RangeError),
    });
    const refuse = () => Promise.reject(new RangeError("404"));
    await inTurn(9, () => breaker.call(refuse));
    expect(breaker.isOpen).toBe(false);
    carrier.up = false;
    await inTurn(3, () => breaker.call(carrier.call));
    clock.move(30_000);
    await expect(breaker.call(refuse)).rejects.toThrow(RangeError);
    expect(breaker.isOpen).toBe(false);
  });

  test("ignores how calls end that began before it opened", async () => {
    const clock = new StandingClock();
    const { breaker, reports } = environmentWith(clock);
    const late: (() => void)[] = [];
    const calls = Array.from({ length: 6 }, () =>
      outcomeOf(
        breaker.call(() => new Promise((_, reject) => late.push(() => reject(new Error("the dependency is down"))))),
      ),
    );
    while (late.length < 6) await new Promise(setImmediate);
    for (const fail of late) fail();
    expect(await Promise.all(calls)).toEqual(Array(6).fill("failed"));
    expect(reports).toEqual(["opened"]);
  });

  test("can be forced open and closed, and goes on by itself where that cannot be read", async () => {
    const carrier = new FakeDependency();
    let mode: () => BreakerMode = () => "open";
    const { breaker } = environmentWith(new StandingClock(), { mode: () => mode() });
    expect(await outcomeOf(breaker.call(carrier.call))).toBe("refused");
    expect(carrier.calls).toBe(0);
    mode = () => "closed";
    carrier.up = false;
    expect(await inTurn(9, () => breaker.call(carrier.call))).toEqual(Array(9).fill("failed"));
    mode = () => {
      throw new Error("Parameter Store does not answer");
    };
    expect(await inTurn(4, () => breaker.call(carrier.call))).toEqual(["failed", "failed", "failed", "refused"]);
  });

  test("refuses with an error that callers see as 503 with Retry-After", async () => {
    const carrier = new FakeDependency();
    const { breaker } = environmentWith(new StandingClock(), { mode: () => "open" });
    const error = await breaker.call(carrier.call).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(serviceErrorFromAws(error)).toMatchObject({
      name: "CircuitOpenError",
      status: 503,
      dependency: "carrier",
      region: "eu-west-1",
      headers: { "retry-after": "30" },
    });
  });
});

describe("RegionalBreakers", () => {
  function twoRegions() {
    const clock = new StandingClock();
    const regions = ["eu-west-1", "eu-central-1"].map((region) => ({
      region,
      url: `https://${region}.carrier.example`,
      dependency: new FakeDependency(),
      ...environmentWith(clock, { region }),
    }));
    const breakers = new RegionalBreakers(regions.map(({ region, url, breaker }) => ({ region, url, breaker })));
    const called: string[] = [];
    const call = (alsoAfterFailure?: boolean) =>
      breakers.call(
        async ({ region, url }) => {
          called.push(String(url));
          await regions.find((one) => one.region === region)?.dependency.call();
        },
        { alsoAfterFailure },
      );
    const [home, other] = regions.map(({ dependency }) => dependency) as [FakeDependency, FakeDependency];
    return { clock, home, other, call, called };
  }

  test("ask the other region once the breaker of the own one is open, and the own one again once it has closed", async () => {
    const { clock, home, other, call, called } = twoRegions();
    home.up = false;
    expect(await inTurn(5, call)).toEqual(["failed", "failed", "failed", "answered", "answered"]);
    expect(called.at(-1)).toBe("https://eu-central-1.carrier.example");
    expect([home.calls, other.calls]).toEqual([3, 2]);
    home.up = true;
    clock.move(30_000);
    expect(await inTurn(2, call)).toEqual(["answered", "answered"]);
    expect([home.calls, other.calls]).toEqual([5, 2]);
  });

  test("ask it also after a call that failed, where that is said", async () => {
    const { home, other, call } = twoRegions();
    home.up = false;
    expect(await inTurn(4, () => call(true))).toEqual(Array(4).fill("answered"));
    other.up = false;
    expect(await inTurn(4, () => call(true))).toEqual(["failed", "failed", "failed", "refused"]);
  });

  test("refuse with the time of whichever may answer first", async () => {
    const { clock, home, other, call } = twoRegions();
    home.up = false;
    await inTurn(3, call);
    clock.move(10_000);
    other.up = false;
    await inTurn(3, call);
    await expect(call()).rejects.toMatchObject({ region: "eu-west-1", retryAfterMs: 20_000 });
  });
});
