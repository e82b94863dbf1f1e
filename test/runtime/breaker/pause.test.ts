import { pauseWhileOpen } from "../../../runtime/breaker/pause";
import { isProbeCall, probeMember } from "../../../runtime/breaker/probe-call";
import { RegionalBreakers } from "../../../runtime/breaker/regional-breakers";
import { environmentWith, FakeDependency, inTurn, StandingClock } from "./breakers";

const context = { getRemainingTimeInMillis: () => 10_000 };
const probeCall = (dependency: string) => ({ [probeMember]: { dependency } });

/** A pause by one dependency, with a probe that is counted apart from calls. */
function pausing() {
  const clock = new StandingClock();
  const dependency = new FakeDependency();
  const { breaker } = environmentWith(clock);
  const breakers = new RegionalBreakers([{ region: "eu-west-1", url: "https://carrier.example.com", breaker }]);
  const asked: unknown[] = [];
  const pause = pauseWhileOpen({
    carrier: {
      breakers,
      probe: async ({ url }, signal) => {
        asked.push([url, signal.aborted]);
        await dependency.call();
      },
    },
  });
  return { clock, dependency, breakers, pause, asked, call: () => breakers.call(dependency.call) };
}

describe("pauseWhileOpen", () => {
  test("lets everything begin while breakers are closed, and nothing while a call would be refused", async () => {
    const { pause, dependency, call, clock } = pausing();
    await expect(pause.check()).resolves.toBeUndefined();
    dependency.up = false;
    await inTurn(3, call);
    await expect(pause.check()).rejects.toMatchObject({ name: "CircuitOpenError", dependency: "carrier" });
    // Without anybody who probes, as at a stage without breakers, a message is the probe.
    clock.move(30_000);
    await expect(pause.check()).resolves.toBeUndefined();
  });

  test("asks nothing of the dependency to find out", async () => {
    const { pause, dependency } = pausing();
    await pause.check();
    expect(dependency.calls).toBe(0);
  });

  test("probes through the breaker when it is time, and closes it", async () => {
    const { pause, dependency, call, clock, asked } = pausing();
    dependency.up = false;
    await inTurn(3, call);
    await expect(pause.answer(probeCall("carrier"), context)).resolves.toEqual({
      probe: { dependency: "carrier", outcome: "refused" },
    });
    clock.move(30_000);
    await expect(pause.answer(probeCall("carrier"), context)).resolves.toEqual({
      probe: { dependency: "carrier", outcome: "failed", errorName: "Error" },
    });
    // The time has doubled.
    clock.move(30_000);
    await expect(pause.answer(probeCall("carrier"), context)).resolves.toMatchObject({ probe: { outcome: "refused" } });
    clock.move(30_000);
    dependency.up = true;
    await expect(pause.answer(probeCall("carrier"), context)).resolves.toMatchObject({
      probe: { outcome: "answered" },
    });
    await expect(pause.check()).resolves.toBeUndefined();
    expect(asked).toEqual([
      ["https://carrier.example.com", false],
      ["https://carrier.example.com", false],
    ]);
  });

  test("refuses to probe what the handler has no probe of", () => {
    const { pause } = pausing();
    expect(() => pause.answer(probeCall("tax-office"), context)).toThrow(
      'The handler has no probe of "tax-office"; pass it to pauseWhileOpen.',
    );
    expect(() => pause.answer(probeCall("constructor"), context)).toThrow("has no probe");
  });

  test.each([
    undefined,
    null,
    "text",
    {},
    { Records: [] },
    { ...probeCall("carrier"), Records: [] },
    { [probeMember]: {} },
  ])("takes %j for no probe call", (event) => {
    expect(isProbeCall(event)).toBe(false);
    expect(pausing().pause.answer(event, context)).toBeUndefined();
  });

  test("waits for all endpoints to be refused", async () => {
    const clock = new StandingClock();
    const [near, far] = [environmentWith(clock), environmentWith(clock, { region: "eu-central-1" })];
    const breakers = new RegionalBreakers([
      { region: "eu-west-1", breaker: near.breaker },
      { region: "eu-central-1", breaker: far.breaker },
    ]);
    const failing = () => Promise.reject(new Error("down"));
    await inTurn(3, () => breakers.call(failing));
    expect(near.breaker.isOpen).toBe(true);
    await expect(breakers.wouldRefuse()).resolves.toBeUndefined();
    await inTurn(3, () => breakers.call(failing));
    await expect(breakers.wouldRefuse()).resolves.toMatchObject({ name: "CircuitOpenError" });
  });

  test.each([
    ["open", true],
    ["closed", false],
  ] as const)("follows a breaker that is forced %s", async (mode, refused) => {
    const { breaker } = environmentWith(new StandingClock(), { mode: () => mode });
    expect((await breaker.wouldRefuse()) !== undefined).toBe(refused);
  });
});
