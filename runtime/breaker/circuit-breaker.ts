import { randomUUID } from "node:crypto";
import { CircuitState, type IBreaker } from "cockatiel";
import { type Clock, systemClock } from "../resilience/clock.js";
import { within } from "../resilience/deadline.js";
import { SingleFlight } from "../resilience/single-flight.js";
import type { BreakerStore, SharedState } from "./breaker-store.js";
import { CircuitOpenError } from "./circuit-open-error.js";
import { type FailureRule, failureCounter } from "./failure-rule.js";

/** How a breaker is switched: by itself, or by somebody who forces it. */
export type BreakerMode = "automatic" | "open" | "closed";

/** Something that happened to a breaker, for logs and metrics. */
export interface BreakerReport {
  readonly dependency: string;
  /** The region of the endpoint that it stands before. */
  readonly region: string;
  readonly what: /** This environment saw the last failure that it took. */
    | "opened"
    /** The probe of this environment failed. */
    | "reopened"
    /** The probe of this environment succeeded. */
    | "closed"
    /** A call was not made. */
    | "refused"
    /** The shared state could not be read or written. */
    | "alone";
  /** The failure of the dependency or of the store, where one is the reason. */
  readonly error?: unknown;
}

/** What a breaker stands before, and when it opens; times in milliseconds. */
export interface CircuitBreakerOptions {
  /** The dependency, such as `carrier`. */
  readonly dependency: string;
  /** The region of its endpoint: a breaker stands before one endpoint. */
  readonly region: string;
  /** When it opens: after 5 failures in a row by default. */
  readonly failures?: FailureRule;
  /** How long it is open before the first probe: 30 s by default; it doubles with each probe that fails. */
  readonly openMs?: number;
  /** The longest that it is open between two probes: 5 minutes by default. */
  readonly maxOpenMs?: number;
  /** How long a probe has before another is elected, longer than a call takes: 15 s by default. */
  readonly probeMs?: number;
  /** Whether an error says that the dependency fails; every error does by default. A refusal of wrong input does not. */
  readonly isFailure?: (error: unknown) => boolean;
  /** Where the state is shared; without one each execution environment has its own. */
  readonly store?: BreakerStore;
  /** How it is switched; by itself by default, and while this rejects. */
  readonly mode?: () => BreakerMode | Promise<BreakerMode>;
  /** Age from which the shared state is read again, behind a call: 10 s by default. */
  readonly refreshMs?: number;
  /** The longest that a call waits for the shared state, once in a cold start and after a freeze: 200 ms by default. */
  readonly waitMs?: number;
  /** The longest that a call waits for a transition to be written, which Lambda would freeze otherwise: 1 s by default. */
  readonly transitionMs?: number;
  /** Called when something happens; it must not throw. */
  readonly onReport?: (report: BreakerReport) => void;
  /** For tests. */
  readonly clock?: Clock;
}

const closed: SharedState = { status: "closed" };
/** Age of what is known from which a call waits for news, as after a freeze. */
const staleMs = 60_000;
/** How long after a lost election the next one is asked for. */
const electionMs = 1_000;

/**
 * A circuit breaker before one endpoint of a dependency, for the life of the execution environment; create it at module scope. While it is
 * closed, calls are made and counted. Once too many fail it opens for all execution environments of the region: calls are refused at once,
 * and when its time is over one of them, elected by a conditional write, makes one call as a probe, which closes it or leaves it open for
 * twice as long. No timer runs, because Lambda freezes them. Without its store, and while that does not answer, it works for its
 * own execution environment alone; no call is refused because of the store.
 * @see https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker
 * @see https://aws.amazon.com/builders-library/static-stability-using-availability-zones/
 */
export class CircuitBreaker {
  /** The name of its item in the store: dependency and region. */
  readonly name: string;
  private state: SharedState = closed;
  private counter: IBreaker;
  /** Counts changes of `state` between closed and open: calls that began before the last one count no more. */
  private epoch = 0;
  private checkedAt = Number.NEGATIVE_INFINITY;
  private probing = false;
  private nextElectionAt = 0;
  private readonly reading = new SingleFlight<void>();
  private readonly failures: FailureRule;
  private readonly openMs: number;
  private readonly maxOpenMs: number;
  private readonly clock: Clock;

  constructor(private readonly options: CircuitBreakerOptions) {
    this.name = `${options.dependency}#${options.region}`;
    this.failures = options.failures ?? { consecutive: 5 };
    this.openMs = options.openMs ?? 30_000;
    this.maxOpenMs = Math.max(this.openMs, options.maxOpenMs ?? 300_000);
    this.clock = options.clock ?? systemClock;
    this.counter = failureCounter(this.failures);
  }

  /** The region of the endpoint that it stands before. */
  get region(): string {
    return this.options.region;
  }

  /** Whether it is known to be open; it may be asked for a probe all the same. */
  get isOpen(): boolean {
    return this.state.status === "open";
  }

  /** Reads the shared state ahead of the first call, within `waitMs`; it never rejects. */
  async load(): Promise<void> {
    if (this.options.store) await this.withinWait(this.refresh());
  }

  /**
   * Makes a call, unless the breaker is open.
   * @throws CircuitOpenError when the call is not made; anything that the call throws, as it is
   */
  async call<T>(work: () => Promise<T>): Promise<T> {
    const mode = await this.mode();
    if (mode === "closed") return await work();
    if (mode === "open") throw this.refusal(this.openMs);
    // In a closed breaker nothing is waited for.
    const wait = this.news();
    if (wait) await wait;
    return this.state.status === "open" ? await this.whileOpen(work, this.state) : await this.counted(work);
  }

  /** What a call would throw now without being made; undefined where it would be made, if only as the probe. */
  async wouldRefuse(): Promise<CircuitOpenError | undefined> {
    const mode = await this.mode();
    if (mode === "closed") return undefined;
    if (mode === "open") return this.refusal(this.openMs);
    const wait = this.news();
    if (wait) await wait;
    if (this.state.status !== "open") return undefined;
    const now = this.clock.now();
    const mayProbeAt = Math.max(this.state.retryAt, this.nextElectionAt);
    return this.probing || now < mayProbeAt ? this.refusal(mayProbeAt - now) : undefined;
  }

  private async mode(): Promise<BreakerMode> {
    const { mode } = this.options;
    if (!mode) return "automatic";
    try {
      return await mode();
    } catch {
      return "automatic";
    }
  }

  /** Has the shared state read where what is known is old; a promise only where that has to be waited for. */
  private news(): Promise<void> | undefined {
    if (!this.options.store) return undefined;
    const ageMs = this.clock.now() - this.checkedAt;
    if (ageMs < (this.options.refreshMs ?? 10_000)) return undefined;
    const reading = this.refresh();
    return ageMs >= staleMs ? this.withinWait(reading) : undefined;
  }

  private async withinWait(work: Promise<void>): Promise<void> {
    await within(this.options.waitMs ?? 200, work, "").catch(() => undefined);
  }

  /** Reads the shared state once for all callers; it never rejects. */
  private refresh(): Promise<void> {
    return this.reading.run(async () => {
      const { epoch } = this;
      try {
        const state = await this.options.store?.read(this.name);
        // What this environment has changed meanwhile is newer.
        if (state && epoch === this.epoch && !this.probing) this.adopt(state);
      } catch (error) {
        this.report("alone", error);
      } finally {
        // Also after a failure, so that a store that is gone does not slow each call down.
        this.checkedAt = this.clock.now();
      }
    });
  }

  private adopt(state: SharedState): void {
    if (state.status !== this.state.status) {
      this.epoch += 1;
      this.counter = failureCounter(this.failures);
    }
    this.state = state;
  }

  private async counted<T>(work: () => Promise<T>): Promise<T> {
    const { epoch } = this;
    try {
      const result = await work();
      if (epoch === this.epoch) this.counter.success(CircuitState.Closed);
      return result;
    } catch (error) {
      if (epoch !== this.epoch) throw error;
      if (!this.isFailure(error)) this.counter.success(CircuitState.Closed);
      else if (this.counter.failure(CircuitState.Closed)) await this.open(error);
      throw error;
    }
  }

  private async open(error: unknown): Promise<void> {
    const retryAt = this.clock.now() + this.openMs;
    this.adopt({ status: "open", retryAt, failedProbes: 0 });
    const outcome = await this.share((store) => store.open(this.name, retryAt));
    // The time of whoever was first holds for all.
    if (outcome && !outcome.opened && outcome.state.status === "open") this.adopt(outcome.state);
    if (outcome?.opened !== false) this.report("opened", error);
  }

  private async whileOpen<T>(work: () => Promise<T>, state: SharedState & { readonly status: "open" }): Promise<T> {
    const now = this.clock.now();
    const mayProbeAt = Math.max(state.retryAt, this.nextElectionAt);
    if (this.probing || now < mayProbeAt) throw this.refusal(mayProbeAt - now);
    this.probing = true;
    try {
      const probeId = randomUUID();
      const election = await this.share((store) => store.elect(this.name, probeId, this.options.probeMs ?? 15_000));
      // Others may have probed since this environment last heard of it.
      if (election?.elected !== false) return await this.probe(work, election ?? state, probeId);
      this.adopt(election.state);
      this.nextElectionAt = this.clock.now() + electionMs;
    } finally {
      this.probing = false;
    }
    // Somebody else's probe has closed it, or is under way.
    if (this.state.status === "closed") return await this.counted(work);
    throw this.refusal(electionMs);
  }

  private async probe<T>(
    work: () => Promise<T>,
    { failedProbes }: { readonly failedProbes: number },
    probeId: string,
  ): Promise<T> {
    try {
      const result = await work();
      await this.close(probeId);
      return result;
    } catch (error) {
      if (this.isFailure(error)) await this.reopen(probeId, failedProbes + 1, error);
      else await this.close(probeId);
      throw error;
    }
  }

  private async close(probeId: string): Promise<void> {
    this.adopt(closed);
    await this.share((store) => store.close(this.name, probeId));
    this.report("closed");
  }

  private async reopen(probeId: string, failedProbes: number, error: unknown): Promise<void> {
    const retryAt = this.clock.now() + Math.min(this.maxOpenMs, this.openMs * 2 ** failedProbes);
    this.adopt({ status: "open", retryAt, failedProbes });
    await this.share((store) => store.reopen(this.name, probeId, retryAt));
    this.report("reopened", error);
  }

  private isFailure(error: unknown): boolean {
    return this.options.isFailure?.(error) ?? true;
  }

  /** Asks the store, not for long; undefined without one, and when it does not answer. */
  private async share<R>(ask: (store: BreakerStore) => Promise<R>): Promise<R | undefined> {
    const { store, transitionMs = 1_000 } = this.options;
    if (!store) return undefined;
    try {
      const answer = await within(transitionMs, ask(store), "The table of circuit breakers does not answer.");
      this.checkedAt = this.clock.now();
      return answer;
    } catch (error) {
      this.report("alone", error);
      return undefined;
    }
  }

  private refusal(retryAfterMs: number): CircuitOpenError {
    this.report("refused");
    return new CircuitOpenError(this.options.dependency, this.region, Math.max(0, retryAfterMs));
  }

  private report(what: BreakerReport["what"], error?: unknown): void {
    this.options.onReport?.({ dependency: this.options.dependency, region: this.region, what, error });
  }
}
