import type { ServerConnections } from "./connection.js";

/** When a connection is given back at the end of an invocation. */
export interface GiveBackOptions {
  /** Percentage of the server's connections in use from which they count as short: 80 by default. */
  readonly fromPercent?: number;
  /** How long the server's answer is taken to hold, in milliseconds: 1000 by default. */
  readonly askAfterMs?: number;
  /** How long connections count as short after the server had none left, in milliseconds: 30,000 by default. */
  readonly shortForMs?: number;
}

/**
 * Knows whether the connections of a server run short, by what the server says: it refused one, or most of them are in use. An idle
 * environment cannot be asked to give its connection back, so each decides at the end of its invocation, when it is awake for the last time.
 */
export class Shortage {
  private readonly fromPercent: number;
  private readonly askAfterMs: number;
  private readonly shortForMs: number;
  private askedAt = Number.NEGATIVE_INFINITY;
  private shortUntil = Number.NEGATIVE_INFINITY;

  constructor(
    { fromPercent = 80, askAfterMs = 1_000, shortForMs = 30_000 }: GiveBackOptions,
    private readonly now: () => number = Date.now,
  ) {
    this.fromPercent = fromPercent;
    this.askAfterMs = askAfterMs;
    this.shortForMs = shortForMs;
  }

  /** The server had no connection left. */
  refused(): void {
    this.shortUntil = this.now() + this.shortForMs;
  }

  /**
   * Whether to give the connection back. It asks the server, unless it knows.
   * @param ask what the server says; undefined where there is no connection
   */
  async isShort(ask: () => Promise<ServerConnections | undefined>): Promise<boolean> {
    if (this.now() < this.shortUntil) return true;
    // While most are in use, each invocation opens a connection of its own, and asks with it.
    if (this.now() - this.askedAt < this.askAfterMs) return false;
    const connections = await ask();
    if (!connections) return false;
    const short = connections.used * 100 >= connections.most * this.fromPercent;
    this.askedAt = short ? Number.NEGATIVE_INFINITY : this.now();
    return short;
  }
}
