/** What all execution environments of a region know of one breaker; times in milliseconds since 1970. */
export type SharedState =
  | { readonly status: "closed" }
  | {
      readonly status: "open";
      /** When a probe may be made. */
      readonly retryAt: number;
      /** Probes that have failed since it opened. */
      readonly failedProbes: number;
      /** Until when the probe that was elected has time; undefined while there is none. */
      readonly probeUntil?: number;
    };

/** The outcome of asking to be the one that probes. */
export type Election =
  | {
      readonly elected: true /** Probes that have failed since it opened, by whomever. */;
      readonly failedProbes: number;
    }
  | { readonly elected: false /** What the others know. */; readonly state: SharedState };

/**
 * Where breakers share their state. It is written at transitions only, and each method may reject: a breaker then goes on alone.
 */
export interface BreakerStore {
  /** What is known of a breaker; closed if nothing is. */
  read(breaker: string): Promise<SharedState>;
  /** Opens it until `retryAt`, unless it is open already. @returns what holds then, and whether this call opened it */
  open(breaker: string, retryAt: number): Promise<{ readonly opened: boolean; readonly state: SharedState }>;
  /** Asks to make the one probe of an open breaker; it has `probeMs` for it. */
  elect(breaker: string, probeId: string, probeMs: number): Promise<Election>;
  /** After a probe that succeeded; false if its time was over and somebody else has taken over. */
  close(breaker: string, probeId: string): Promise<boolean>;
  /** After a probe that failed; false as for `close`. */
  reopen(breaker: string, probeId: string, retryAt: number): Promise<boolean>;
}
