import { errorName } from "../errors/error-name.js";
import { SingleFlight } from "../resilience/single-flight.js";
import { type SecretSource, SecretUnavailableError, type SecretVersion, type Stage } from "./secret-source.js";

/** How a secret is kept; times in milliseconds. */
export interface SecretCacheOptions<T> {
  /** Where to read it, nearest first: the next is asked only when one fails, or has nothing newer than a value that was refused. */
  readonly sources: readonly [SecretSource, ...SecretSource[]];
  /** Parses the text; errors it throws are replaced, as they may quote the secret. */
  readonly parse: (text: string) => T;
  /** Whether an error says that the secret was refused, and not that something else went wrong. */
  readonly isAuthenticationError: (error: unknown) => boolean;
  /** Age from which a value is read again before it is used: 5 minutes by default. */
  readonly maxAgeMs?: number;
  /** Age up to which a value is used when no source answers: an hour by default, and less than the days between rotations. */
  readonly maxStalenessMs?: number;
  /** Least time between two reads that refusals cause, so that a wrong secret does not become load: 5 s by default. */
  readonly refusalIntervalMs?: number;
  /** The version to keep: the current one by default. */
  readonly stage?: Stage;
  readonly now?: () => number;
}

interface Kept<T> {
  readonly versionId: string;
  readonly value: T;
  readonly readAt: number;
}

const minuteMs = 60_000;

/**
 * A secret for the life of the execution environment; create one at module scope. Concurrent callers share one read, no timer
 * runs (Lambda freezes them), and a value is never older than `maxStalenessMs`.
 */
export class SecretCache<T> {
  private kept: Kept<T> | undefined;
  private readonly reading = new SingleFlight<Kept<T>>();
  private refusedAt = Number.NEGATIVE_INFINITY;
  private readonly maxAgeMs: number;
  private readonly maxStalenessMs: number;
  private readonly refusalIntervalMs: number;
  private readonly now: () => number;

  constructor(private readonly options: SecretCacheOptions<T>) {
    this.maxAgeMs = options.maxAgeMs ?? 5 * minuteMs;
    this.maxStalenessMs = options.maxStalenessMs ?? 60 * minuteMs;
    this.refusalIntervalMs = options.refusalIntervalMs ?? 5_000;
    this.now = options.now ?? Date.now;
  }

  /** The value. @throws SecretUnavailableError when no source answers and the last value is too old */
  async get(): Promise<T> {
    return (await this.current()).value;
  }

  /**
   * Runs something with the secret. When it is refused, as after a rotation, runs it once more with the version that is
   * current by then, if that is another one. So it must be safe to run twice.
   */
  async withSecret<R>(use: (value: T) => Promise<R>): Promise<R> {
    const first = await this.current();
    try {
      return await use(first.value);
    } catch (error) {
      if (!this.options.isAuthenticationError(error)) throw error;
      const second = await this.after(first);
      if (!second) throw error;
      return use(second.value);
    }
  }

  /**
   * Reads again after the value was refused in a place that cannot be run a second time by `withSecret`.
   * @param refused what `get` gave: where another one has come since, a refusal that arrives late says nothing of that one. The value
   * that is kept if left out
   * @returns whether there is another version than the refused one
   */
  async renew(refused?: T): Promise<boolean> {
    const { kept } = this;
    if (kept === undefined) return false;
    if (refused !== undefined && kept.value !== refused) return true;
    return (await this.after(kept)) !== undefined;
  }

  private async current(): Promise<Kept<T>> {
    const { kept } = this;
    if (kept && this.now() - kept.readAt < this.maxAgeMs) return kept;
    try {
      return await this.read();
    } catch (error) {
      if (kept && this.now() - kept.readAt < this.maxStalenessMs) return kept;
      throw error;
    }
  }

  /** The version that came after a refused one, or undefined if there is none. */
  private async after(refused: Kept<T>): Promise<Kept<T> | undefined> {
    // Another caller was refused as well, and has already read the new one.
    if (this.kept && this.kept.versionId !== refused.versionId) return this.kept;
    if (!this.reading.isRunning && this.now() - this.refusedAt < this.refusalIntervalMs) return undefined;
    if (!this.reading.isRunning) this.refusedAt = this.now();
    const next = await this.read(refused.versionId).catch(() => undefined);
    return next && next.versionId !== refused.versionId ? next : undefined;
  }

  private read(refusedVersion?: string): Promise<Kept<T>> {
    return this.reading.run(() => this.ask(refusedVersion));
  }

  private async ask(refusedVersion: string | undefined): Promise<Kept<T>> {
    const failures: string[] = [];
    let found: SecretVersion | undefined;
    for (const source of this.options.sources) {
      try {
        const version = await source(this.options.stage ?? "AWSCURRENT");
        found ??= version;
        if (version.versionId !== refusedVersion) {
          found = version;
          break;
        }
        // A replica that lags behind its primary still has the refused version: ask the next region.
      } catch (error) {
        failures.push(errorName(error));
      }
    }
    if (!found) {
      throw new SecretUnavailableError(
        `No region gave the secret (${failures.join(", ")}); check the function's permissions for it and its key.`,
      );
    }
    const { versionId, text } = found;
    // The same value for the same version, by which `renew` knows what was refused.
    const value = this.kept?.versionId === versionId ? this.kept.value : this.parse(text);
    this.kept = { versionId, value, readAt: this.now() };
    return this.kept;
  }

  private parse(text: string): T {
    try {
      return this.options.parse(text);
    } catch {
      throw new SecretUnavailableError(
        "The secret does not have the expected form; store it as its reader expects it.",
      );
    }
  }
}
