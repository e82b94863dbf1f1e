import type { ProviderProcess } from "./process";

/** One provider configuration: what distinguishes one process from another. */
export interface Configuration {
  /** The same for configurations with the same effect. */
  key: string;
  /** The bytes of the Configure request. */
  request: Buffer;
}

interface Slot {
  /** Resolves once the process runs and is configured; never rejects while the slot is in the pool. */
  ready: Promise<ProviderProcess>;
  /** The started process, if it has started. */
  process?: ProviderProcess;
  configuration?: Configuration;
  /** What the provider answered to Configure. */
  answer: Buffer;
  inFlight: number;
  /** Position in the order of use; the smallest is evicted first. */
  lastUsed: number;
}

/** Processes without a configuration first, then those whose last use is longest ago. */
function byUse(a: Slot, b: Slot): number {
  return Number(a.configuration !== undefined) - Number(b.configuration !== undefined) || a.lastUsed - b.lastUsed;
}

/**
 * Provider processes (about 500 MB each), each with one configuration at a time. Another one is started only when all
 * are busy, and every walk of every Terraform process reuses them. An idle one is reconfigured rather than another
 * started: that takes 5 ms instead of a second, and the provider replaces its whole client on Configure, so from then
 * on it acts in the new region.
 */
export class ProviderPool {
  private readonly slots: Slot[] = [];
  private readonly waiting: (() => void)[] = [];
  private clock = 0;
  private stopped = false;

  constructor(
    private readonly start: () => Promise<ProviderProcess>,
    private readonly max: number,
    /** True when the answer to Configure has no error. */
    private readonly accepted: (answer: Buffer) => boolean,
  ) {}

  /** Number of processes started and not yet ended. */
  get size(): number {
    return this.slots.length;
  }

  /** Passes a call to a process with this configuration, or to any process if none is given. */
  async call(configuration: Configuration | undefined, method: string, request: Buffer): Promise<Buffer> {
    return this.use(configuration, async (process) => process.call(method, request));
  }

  /** Configures a process and returns the provider's answer. */
  async configure(configuration: Configuration): Promise<Buffer> {
    return this.use(configuration, async (_process, slot) => slot.answer);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const wake of this.waiting.splice(0)) wake();
    const processes = await Promise.allSettled(this.slots.splice(0).map((slot) => slot.ready));
    await Promise.all(processes.map((result) => (result.status === "fulfilled" ? result.value.stop() : undefined)));
  }

  private async use<T>(
    configuration: Configuration | undefined,
    action: (process: ProviderProcess, slot: Slot) => Promise<T>,
  ): Promise<T> {
    const slot = await this.acquire(configuration);
    try {
      return await action(await slot.ready, slot);
    } finally {
      slot.inFlight -= 1;
      if (!slot.process?.alive || (slot.configuration && !this.accepted(slot.answer))) this.remove(slot);
      this.waiting.shift()?.();
    }
  }

  private async acquire(configuration: Configuration | undefined): Promise<Slot> {
    for (;;) {
      if (this.stopped) throw new Error("The simulated cloud has stopped.");
      const slot = this.choose(configuration);
      if (slot) {
        slot.inFlight += 1;
        slot.lastUsed = ++this.clock;
        return slot;
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** A slot that has, or is on its way to, this configuration; undefined when every process is busy with another. */
  private choose(configuration: Configuration | undefined): Slot | undefined {
    for (const slot of [...this.slots]) if (slot.process && !slot.process.alive) this.remove(slot);
    if (!configuration) return this.leastBusy() ?? this.add(undefined);
    const same = this.slots.find((slot) => slot.configuration?.key === configuration.key);
    if (same) return same;
    const idle = this.slots.filter((slot) => slot.inFlight === 0).sort(byUse)[0];
    if (idle) return this.configureSlot(idle, configuration);
    return this.slots.length < this.max ? this.add(configuration) : undefined;
  }

  private leastBusy(): Slot | undefined {
    return [...this.slots].sort((a, b) => a.inFlight - b.inFlight)[0];
  }

  private add(configuration: Configuration | undefined): Slot {
    const slot: Slot = { ready: this.start(), answer: Buffer.alloc(0), inFlight: 0, lastUsed: 0 };
    slot.ready = slot.ready.then((process) => {
      slot.process = process;
      return process;
    });
    this.slots.push(slot);
    if (configuration) this.configureSlot(slot, configuration);
    slot.ready.catch(() => this.remove(slot));
    return slot;
  }

  private configureSlot(slot: Slot, configuration: Configuration): Slot {
    slot.configuration = configuration;
    slot.ready = slot.ready.then(async (process) => {
      slot.answer = await process.call("Configure", configuration.request);
      return process;
    });
    slot.ready.catch(() => this.remove(slot));
    return slot;
  }

  private remove(slot: Slot): void {
    const index = this.slots.indexOf(slot);
    if (index < 0) return;
    this.slots.splice(index, 1);
    void slot.process?.stop();
  }
}
