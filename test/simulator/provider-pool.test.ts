import { type Configuration, ProviderPool } from "../../simulator/provider/pool";
import type { ProviderProcess } from "../../simulator/provider/process";

/** A provider that answers each call with its number, its configuration and the call. */
class FakeProvider implements ProviderProcess {
  alive = true;
  configured = "nothing";
  private hold?: Promise<void>;

  constructor(readonly number: number) {}

  /** Lets calls wait until the returned function is called. */
  pause(): () => void {
    let release = (): void => {};
    this.hold = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  async call(method: string, request: Buffer): Promise<Buffer> {
    if (method === "Configure") {
      this.configured = request.toString();
      return Buffer.from(`configured ${this.configured}`);
    }
    await this.hold;
    if (!this.alive) throw new Error("The process has ended.");
    return Buffer.from(`${this.number} ${this.configured} ${method}`);
  }

  async stop(): Promise<void> {
    this.alive = false;
  }
}

const region = (name: string): Configuration => ({ key: name, request: Buffer.from(name) });

function poolOf(max: number): { pool: ProviderPool; started: FakeProvider[] } {
  const started: FakeProvider[] = [];
  const start = async (): Promise<ProviderProcess> => {
    const provider = new FakeProvider(started.length);
    started.push(provider);
    return provider;
  };
  return { started, pool: new ProviderPool(start, max, (answer) => !answer.toString().includes("invalid")) };
}

const text = async (answer: Promise<Buffer>): Promise<string> => (await answer).toString();
const plan = (pool: ProviderPool, name?: string): Promise<string> =>
  text(pool.call(name === undefined ? undefined : region(name), "Plan", Buffer.alloc(0)));
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("ProviderPool", () => {
  test("starts nothing before the first call", () => {
    expect(poolOf(2).started).toEqual([]);
  });

  test("keeps one process for calls of one configuration", async () => {
    const { pool, started } = poolOf(2);
    expect([await plan(pool, "a"), await plan(pool, "a")]).toEqual(["0 a Plan", "0 a Plan"]);
    expect(started).toHaveLength(1);
  });

  test("configures an idle process anew rather than start another", async () => {
    const { pool, started } = poolOf(2);
    expect([await plan(pool, "a"), await plan(pool, "b"), await plan(pool, "a")]).toEqual([
      "0 a Plan",
      "0 b Plan",
      "0 a Plan",
    ]);
    expect(started).toHaveLength(1);
  });

  test("starts another while the first is busy, and then keeps each with its configuration", async () => {
    const { pool, started } = poolOf(2);
    await plan(pool, "a");
    const release = started[0]?.pause();
    const busy = plan(pool, "a");
    expect(await plan(pool, "b")).toBe("1 b Plan");
    release?.();
    expect([await busy, await plan(pool, "a"), await plan(pool, "b")]).toEqual(["0 a Plan", "0 a Plan", "1 b Plan"]);
  });

  test("never takes a busy process away, and waits when all are busy", async () => {
    const { pool, started } = poolOf(1);
    await plan(pool, "a");
    const release = started[0]?.pause();
    const busy = [plan(pool, "a"), plan(pool, "a")];
    const waiting = plan(pool, "b");
    await settled();
    expect(started[0]?.configured).toBe("a");
    release?.();
    expect(await Promise.all([...busy, waiting])).toEqual(["0 a Plan", "0 a Plan", "0 b Plan"]);
    expect(started).toHaveLength(1);
  });

  test("takes the process whose last use is longest ago", async () => {
    const { pool, started } = poolOf(2);
    await plan(pool, "a");
    const release = started[0]?.pause();
    const busy = plan(pool, "a");
    await plan(pool, "b");
    release?.();
    await busy;
    await plan(pool, "a");
    expect([await plan(pool, "c"), await plan(pool, "a")]).toEqual(["1 c Plan", "0 a Plan"]);
  });

  test("lets any process answer a call without a configuration", async () => {
    const { pool, started } = poolOf(2);
    await plan(pool, "a");
    expect(await plan(pool)).toBe("0 a Plan");
    expect(started).toHaveLength(1);
  });

  test("returns the provider's answer to Configure, and forgets a refused configuration", async () => {
    const { pool, started } = poolOf(1);
    expect(await text(pool.configure(region("invalid")))).toBe("configured invalid");
    expect(started[0]?.alive).toBe(false);
    expect(await plan(pool, "a")).toBe("1 a Plan");
  });

  test("starts a new process for one that has ended", async () => {
    const { pool, started } = poolOf(1);
    await plan(pool, "a");
    await started[0]?.stop();
    expect(await plan(pool, "a")).toBe("1 a Plan");
  });

  test("passes a failed start on and tries again at the next call", async () => {
    let failures = 1;
    const start = async (): Promise<ProviderProcess> => {
      if (failures-- > 0) throw new Error("The AWS provider did not start.");
      return new FakeProvider(7);
    };
    const pool = new ProviderPool(start, 1, () => true);
    await expect(plan(pool, "a")).rejects.toThrow("The AWS provider did not start.");
    expect(await plan(pool, "a")).toBe("7 a Plan");
  });

  test("ends every process at stop and refuses what waits and what comes after", async () => {
    const { pool, started } = poolOf(1);
    await plan(pool, "a");
    started[0]?.pause();
    void plan(pool, "a");
    const waiting = expect(plan(pool, "b")).rejects.toThrow("The simulated cloud has stopped.");
    await settled();
    await pool.stop();
    await waiting;
    expect(started.map(({ alive }) => alive)).toEqual([false]);
    await expect(plan(pool, "a")).rejects.toThrow("The simulated cloud has stopped.");
  });
});
