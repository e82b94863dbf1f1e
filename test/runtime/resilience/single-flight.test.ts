import { SingleFlight } from "../../../runtime/resilience/single-flight";

describe("SingleFlight", () => {
  test("shares one run between callers at the same time, and runs again afterwards", async () => {
    const flight = new SingleFlight<number>();
    let runs = 0;
    const work = async () => ++runs;
    expect(await Promise.all([flight.run(work), flight.run(work)])).toEqual([1, 1]);
    expect(flight.isRunning).toBe(false);
    expect(await flight.run(work)).toBe(2);
  });

  test("gives a failure to all who wait, and does not keep it", async () => {
    const flight = new SingleFlight<number>();
    const fail = () => Promise.reject(new Error("down"));
    const waiting = [flight.run(fail), flight.run(fail)];
    expect(flight.isRunning).toBe(true);
    for (const one of waiting) await expect(one).rejects.toThrow("down");
    expect(await flight.run(async () => 1)).toBe(1);
  });
});
