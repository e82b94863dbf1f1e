import { loadRemaining, onDemand } from "../../../runtime/aws/on-demand";
import { healthRoute } from "../../../runtime/http/health";
import type { HttpRequest } from "../../../runtime/http/http-request";

const variable = "AWS_LAMBDA_INITIALIZATION_TYPE";
// Jest's own copy, whose changes end with the file.
beforeEach(() => {
  delete process.env[variable];
});
// Whatever a test left on demand.
afterEach(loadRemaining);

describe("onDemand", () => {
  test("loads nothing before the first use, and then once for all concurrent callers", async () => {
    let loads = 0;
    const get = onDemand(async () => ({ number: ++loads }));
    expect(loads).toBe(0);
    const [one, two] = await Promise.all([get(), get()]);
    expect(one).toBe(two);
    expect(await get()).toBe(one);
    expect(loads).toBe(1);
  });

  test("gives a failure to all who wait, and tries again for the next caller", async () => {
    const load = jest.fn().mockRejectedValueOnce(new Error("no such file")).mockResolvedValue("loaded");
    const get = onDemand(load);
    const waiting = [get(), get()];
    for (const one of waiting) await expect(one).rejects.toThrow("no such file");
    expect(load).toHaveBeenCalledTimes(1);
    expect(await get()).toBe("loaded");
  });

  test.each([
    ["provisioned-concurrency", 1],
    ["on-demand", 0],
  ])("has loaded, in an environment of type %s, %d times before the first use", async (type, expected) => {
    process.env[variable] = type;
    const load = jest.fn().mockRejectedValueOnce(new Error("no such file")).mockResolvedValue("loaded");
    const get = onDemand(load);
    await Promise.resolve();
    expect(load).toHaveBeenCalledTimes(expected);
    await get().catch(() => undefined);
    expect(await get()).toBe("loaded");
  });
});

describe("loadRemaining", () => {
  test("loads what has not been needed, and what that has on demand itself, and leaves the rest alone", async () => {
    const used = jest.fn(async () => "used");
    const inner = jest.fn(async () => "inner");
    const outer = jest.fn(async () => onDemand(inner));
    await onDemand(used)();
    onDemand(outer);
    await loadRemaining();
    await loadRemaining();
    expect([used, outer, inner].map((load) => load.mock.calls.length)).toEqual([1, 1, 1]);
  });

  test("goes on after a failure, without one of its own, and tries again the next time", async () => {
    const fails = jest.fn().mockRejectedValueOnce(new Error("no such file")).mockResolvedValue("loaded");
    const works = jest.fn(async () => "works");
    onDemand(fails);
    onDemand(works);
    await loadRemaining();
    expect([fails.mock.calls.length, works.mock.calls.length]).toEqual([1, 1]);
    await loadRemaining();
    expect([fails.mock.calls.length, works.mock.calls.length]).toEqual([2, 1]);
  });
});

describe("healthRoute", () => {
  const request = {} as HttpRequest;
  const healthy = { status: 200, body: { status: "ok", region: "eu-west-1" } };

  test("answers a cold start without loading anything, and has everything loaded by its second answer", async () => {
    const load = jest.fn(async () => "client");
    onDemand(load);
    const route = healthRoute("eu-west-1");
    expect(await route(request)).toMatchObject(healthy);
    expect(load).not.toHaveBeenCalled();
    expect(await route(request)).toMatchObject(healthy);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("answers all the same when something cannot be loaded", async () => {
    onDemand(jest.fn().mockRejectedValueOnce(new Error("no such file")).mockResolvedValue("loaded"));
    const route = healthRoute("eu-west-1");
    await route(request);
    expect(await route(request)).toMatchObject(healthy);
  });
});
