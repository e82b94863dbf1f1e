import { dependencyStates } from "../../../handlers/queue-pausing/breaker-states";
import type { Lambda } from "../../../handlers/queue-pausing/lambda";
import { type PausedQueue, readPausedQueue } from "../../../handlers/queue-pausing/paused-queue";
import { reconcile, type Step } from "../../../handlers/queue-pausing/reconcile";
import type { SharedState } from "../../../runtime/breaker/breaker-store";

const queue: PausedQueue = {
  queueName: "prod-orders-messages.fifo",
  mapping: "0f1e2d3c",
  functionName: "prod-picking",
  alias: "live",
  reads: true,
  dependencies: [{ name: "warehouse", regions: ["eu-west-1"] }],
};

/** A region at a moment: breakers, a mapping that changes at once, and a clock that moves when somebody sleeps. */
class Region {
  now = 1_000_000;
  mapping = "Enabled";
  readonly breakers = new Map<string, SharedState>();
  switches: Record<string, string> = {};
  readonly steps: Step[] = [];
  readonly updates: boolean[] = [];
  onSleep: () => void = () => {};
  onProbe: () => string = () => "refused";
  crashAt?: "before" | "after";

  private readonly lambda: Lambda = {
    mappingState: async () => this.mapping,
    enableMapping: async (_, enabled) => {
      if (this.crashAt === "before") throw new Error("killed");
      if (this.mapping.endsWith("ing")) return false;
      this.updates.push(enabled);
      this.mapping = enabled ? "Enabled" : "Disabled";
      if (this.crashAt === "after") throw new Error("killed");
      return true;
    },
    probe: async () => this.onProbe(),
  };

  open(name = "warehouse#eu-west-1", retryInMs = 30_000): void {
    this.breakers.set(name, { status: "open", retryAt: this.now + retryInMs, failedProbes: 0 });
  }

  async round(which: PausedQueue = queue, roundMs = 50_000) {
    const sources = {
      store: { read: async (name: string) => this.breakers.get(name) ?? ({ status: "closed" } as const) },
      switches: async () => this.switches,
      now: () => this.now,
    };
    return await reconcile(which, {
      lambda: this.lambda,
      states: () => dependencyStates(which.dependencies, sources),
      clock: {
        now: () => this.now,
        sleep: async (ms) => {
          this.now += ms;
          this.onSleep();
        },
      },
      until: this.now + roundMs,
      everyMs: 5_000,
      onStep: (step) => this.steps.push(step),
    });
  }
}

describe("A round of queue-pausing", () => {
  test("does nothing, and ends at once, while breakers are closed and the queue is read", async () => {
    const region = new Region();
    await expect(region.round()).resolves.toEqual({ queueName: queue.queueName, state: "Enabled", waitsFor: [] });
    expect([region.updates, region.now]).toEqual([[], 1_000_000]);
  });

  test("switches the mapping off once when a breaker is open, and stays until the round is over", async () => {
    const region = new Region();
    region.open("warehouse#eu-west-1", 600_000);
    await expect(region.round()).resolves.toEqual({
      queueName: queue.queueName,
      state: "Disabled",
      waitsFor: ["warehouse"],
    });
    expect(region.updates).toEqual([false]);
    expect(region.steps).toEqual([{ what: "paused", because: ["warehouse"] }]);
    expect(region.now).toBe(1_045_000);
  });

  test("has the function probe when it is time, and the queue read as soon as a probe is answered", async () => {
    const region = new Region();
    region.open("warehouse#eu-west-1", 12_000);
    const probedAt: number[] = [];
    region.onProbe = () => {
      probedAt.push(region.now);
      if (probedAt.length === 1) {
        region.open("warehouse#eu-west-1", 10_000);
        return "failed";
      }
      region.breakers.set("warehouse#eu-west-1", { status: "closed" });
      return "answered";
    };
    await region.round();
    expect(probedAt).toEqual([1_015_000, 1_025_000]);
    expect(region.updates).toEqual([false, true]);
    expect(region.steps.map(({ what }) => what)).toEqual(["paused", "probed", "probed", "resumed"]);
    expect(region.mapping).toBe("Enabled");
  });

  test("leaves a probe alone that somebody else makes", async () => {
    const region = new Region();
    region.breakers.set("warehouse#eu-west-1", {
      status: "open",
      retryAt: region.now - 1,
      failedProbes: 0,
      probeUntil: region.now + 600_000,
    });
    await region.round();
    expect(region.steps.map(({ what }) => what)).toEqual(["paused"]);
  });

  test("goes on when a breaker is closed by somebody else", async () => {
    const region = new Region();
    region.open();
    region.onSleep = () => region.breakers.clear();
    await expect(region.round()).resolves.toMatchObject({ state: "Enabled" });
    expect(region.updates).toEqual([false, true]);
  });

  test("waits while Lambda changes the mapping", async () => {
    const region = new Region();
    region.open("warehouse#eu-west-1", 600_000);
    region.mapping = "Enabling";
    region.onSleep = () => {
      if (region.mapping === "Enabling") region.mapping = "Enabled";
    };
    await region.round();
    expect(region.updates).toEqual([false]);
  });

  test.each(["before", "after"] as const)(
    "is made up for by the next one when it dies %s its update",
    async (crashAt) => {
      const region = new Region();
      region.open("warehouse#eu-west-1", 600_000);
      region.crashAt = crashAt;
      await expect(region.round()).rejects.toThrow("killed");
      region.crashAt = undefined;
      await region.round();
      expect([region.mapping, region.updates]).toEqual(["Disabled", [false]]);
      region.breakers.clear();
      region.crashAt = crashAt;
      await expect(region.round()).rejects.toThrow("killed");
      region.crashAt = undefined;
      await region.round();
      expect([region.mapping, region.updates]).toEqual(["Enabled", [false, true]]);
    },
  );

  test("leaves the queue as it is where the breakers cannot be read", async () => {
    const region = new Region();
    region.mapping = "Disabled";
    region.breakers.get = () => {
      throw new Error("the table does not answer");
    };
    await expect(region.round()).rejects.toThrow("the table does not answer");
    expect(region.updates).toEqual([]);
  });

  test("keeps a queue off that this region does not read, and probes nothing for it", async () => {
    const region = new Region();
    await region.round({ ...queue, reads: false });
    expect([region.mapping, region.updates]).toEqual(["Disabled", [false]]);
    region.open("warehouse#eu-west-1", 0);
    await region.round({ ...queue, reads: false });
    expect(region.steps.filter(({ what }) => what === "probed")).toEqual([]);
  });

  test("takes one dependency of several for enough, and all endpoints of one", async () => {
    const both = {
      ...queue,
      dependencies: [...queue.dependencies, { name: "carrier", regions: ["eu-west-1", "eu-central-1"] }],
    };
    const region = new Region();
    region.open("carrier#eu-west-1", 600_000);
    await expect(region.round(both)).resolves.toMatchObject({ state: "Enabled", waitsFor: [] });
    region.open("carrier#eu-central-1", 600_000);
    await expect(region.round(both)).resolves.toMatchObject({ state: "Disabled", waitsFor: ["carrier"] });
  });

  test("follows a switch: open parks without probes, closed reads whatever the state says", async () => {
    const region = new Region();
    region.switches = { "warehouse.eu-west-1": "open" };
    await region.round();
    expect([region.mapping, region.steps.map(({ what }) => what)]).toEqual(["Disabled", ["paused"]]);
    region.switches = { "warehouse.eu-west-1": "closed" };
    region.open();
    await region.round();
    expect(region.mapping).toBe("Enabled");
  });

  test.each([
    undefined,
    {},
    { ...queue, mapping: "../functions" },
    { ...queue, reads: "yes" },
    { ...queue, dependencies: [] },
    { ...queue, dependencies: [{ name: "warehouse", regions: [] }] },
    { ...queue, dependencies: [{ name: 1, regions: ["eu-west-1"] }] },
  ])("refuses the event %j", (wrong) => {
    expect(() => readPausedQueue(wrong)).toThrow(
      "names no queue to pause; deploy the schedules of queue-pausing again",
    );
    expect(readPausedQueue(queue)).toBe(queue);
  });
});
