import { type AlarmNow, AlarmsBeforeError, alarmsOn, type HealthOptions, waitForHealth } from "../../rollout";

/** A clock that is ahead as soon as somebody waits. */
function fakeClock() {
  let time = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    wait: async (ms: number) => {
      waits.push(ms);
      time += ms;
    },
  };
}

const alarm = (name: string, state: AlarmNow["state"]): AlarmNow => ({ name, state, reason: "Threshold Crossed" });
const check = { service: "orders", region: "eu-west-1", path: "/health" };

const options = (more: Partial<HealthOptions> & { asking: HealthOptions["asking"] }): HealthOptions => ({
  region: "eu-west-1",
  checks: [check],
  forMs: 120_000,
  everyMs: 30_000,
  ignored: new Set(),
  clock: fakeClock(),
  ...more,
});

describe("Health after a wave", () => {
  test("is asked until everything was healthy for as long as it should be; no data is no alarm", async () => {
    const clock = fakeClock();
    const left: number[] = [];
    let asked = 0;
    const asking = {
      alarms: async () => {
        asked += 1;
        return [alarm("a", "OK"), alarm("b", "INSUFFICIENT_DATA"), alarm("ignored", "ALARM")];
      },
      check: async () => undefined,
    };
    const healthy = options({ asking, clock, ignored: new Set(["ignored"]), onHealthy: (ms) => left.push(ms) });
    expect(await waitForHealth(healthy)).toEqual([]);
    expect(asked).toBe(5);
    expect(clock.waits).toEqual([30_000, 30_000, 30_000, 30_000]);
    expect(left).toEqual([120_000, 90_000, 60_000, 30_000, 0]);
  });

  test("ends at the first alarm, with its reason", async () => {
    const states: AlarmNow["state"][] = ["OK", "ALARM", "OK"];
    const clock = fakeClock();
    const asking = { alarms: async () => [alarm("a", states.shift() ?? "OK")], check: async () => undefined };
    expect(await waitForHealth(options({ asking, clock }))).toEqual(["alarm a is in ALARM: Threshold Crossed"]);
    expect(clock.waits).toEqual([30_000]);
  });

  test("ends at a check that fails three times in a row, not at one that is lost", async () => {
    const answers: (string | undefined)[] = ["was not answered (ECONNRESET)", undefined];
    const asking = { alarms: async () => [], check: async () => answers.shift() };
    expect(await waitForHealth(options({ asking, forMs: 0 }))).toEqual([]);
    const failing = { alarms: async () => [], check: async () => "was answered with 500, not with 200" };
    expect(await waitForHealth(options({ asking: failing }))).toEqual([
      "GET /health of orders: was answered with 500, not with 200",
    ]);
  });

  test("is not known where nobody can be asked: tried again, but not where it is not allowed", async () => {
    let asked = 0;
    const failing = (error: Error) => ({
      alarms: async () => {
        asked += 1;
        throw error;
      },
      check: async () => undefined,
    });
    await expect(waitForHealth(options({ asking: failing(new Error("Throttling")) }))).rejects.toThrow("Throttling");
    expect(asked).toBe(3);
    const denied = Object.assign(new Error("it is not allowed"), { isPassing: false });
    await expect(waitForHealth(options({ asking: failing(denied) }))).rejects.toThrow("not allowed");
    expect(asked).toBe(4);
  });

  test("is looked at before anything is applied, in every region", async () => {
    const asking = {
      alarms: async (region: string) => [alarm(`a-${region}`, "ALARM"), alarm("meant", "ALARM")],
      check: async () => undefined,
    };
    const on = await alarmsOn(["r1", "r2"], { asking, ignored: new Set(["meant"]), clock: fakeClock() });
    expect(on.map(({ name, region }) => [name, region])).toEqual([
      ["a-r1", "r1"],
      ["a-r2", "r2"],
    ]);
    expect(new AlarmsBeforeError(on)).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("--despite-alarms a-r1,a-r2"),
    });
  });
});
