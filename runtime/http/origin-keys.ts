import { errorName } from "../errors/error-name.js";
import { SingleFlight } from "../resilience/single-flight.js";
import type { SecretSource, SecretVersion } from "../secrets/secret-source.js";

/** Age from which the keys are read again, in milliseconds: 5 minutes. */
const maxAgeMs = 300_000;

/** Least time between a read that failed, or one that a refusal caused, and the next, in milliseconds. */
const pauseMs = 30_000;

/** A new key is used at the edge from this age on, in milliseconds: by then every function has read it. */
const settledMs = 900_000;

interface Kept {
  readonly current: SecretVersion;
  /** The current one, where there was no other. */
  readonly previous: SecretVersion;
}

/** How the keys are read. */
export interface OriginKeysOptions {
  /** Regions to read in, in turn, until one answers. */
  readonly sources: readonly SecretSource[];
  /** Told of each read that failed while there still are keys; it gets the name of an error and nothing of a secret. */
  readonly onFailure?: (error: string) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * The key that the edge and the functions behind it share, and the one before it, for the life of the execution environment. When no
 * region answers, the last known ones are used for as long as it takes.
 */
export class OriginKeys {
  private kept: Kept | undefined;
  private nextReadAt = 0;
  private readAt = 0;
  private readonly reading = new SingleFlight<Kept>();
  private readonly now: () => number;

  constructor(private readonly options: OriginKeysOptions) {
    this.now = options.now ?? Date.now;
  }

  /** What the edge makes proofs with: a new key only once every function has had the time to read it. */
  async toProve(): Promise<string> {
    const { current, previous } = await this.keys();
    const isSettled = this.now() - (current.createdAt ?? 0) >= settledMs;
    return (isSettled ? current : previous).text;
  }

  /** What functions accept. */
  async toVerify(): Promise<readonly string[]> {
    const { current, previous } = await this.keys();
    return current.versionId === previous.versionId ? [current.text] : [current.text, previous.text];
  }

  /** Reads again, at most every 30 s, after a proof was refused. @returns whether there is a key that was not there before */
  async renew(): Promise<boolean> {
    const before = this.kept?.current.versionId;
    if (this.now() - this.readAt < pauseMs) return false;
    this.nextReadAt = 0;
    return (await this.keys()).current.versionId !== before;
  }

  private async keys(): Promise<Kept> {
    const { kept } = this;
    if (kept && this.now() < this.nextReadAt) return kept;
    try {
      return await this.reading.run(() => this.read());
    } catch (error) {
      if (!kept) throw error;
      this.nextReadAt = this.now() + pauseMs;
      this.options.onFailure?.(errorName(error));
      return kept;
    }
  }

  private async read(): Promise<Kept> {
    this.readAt = this.now();
    let failure: unknown = new Error("there is no region to read the key in");
    for (const source of this.options.sources) {
      try {
        const [current, previous] = await Promise.all([source("AWSCURRENT"), source("AWSPREVIOUS")]);
        this.kept = { current, previous };
        this.nextReadAt = this.now() + maxAgeMs;
        return this.kept;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }
}
