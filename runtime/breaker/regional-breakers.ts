import { inSpan } from "../observability/tracing.js";
import type { CircuitBreaker } from "./circuit-breaker.js";
import { CircuitOpenError } from "./circuit-open-error.js";

/** Where a dependency answers. */
export interface Endpoint {
  readonly region: string;
  /** Its address there, if the environment says it. */
  readonly url?: string;
}

/** How a call may be made. */
export interface RegionalCallOptions {
  /**
   * Whether another region is asked as well after a call that failed, not only instead of one that was not made; only for what may be
   * done twice, since a call that failed may have had its effect. Off by default.
   */
  readonly alsoAfterFailure?: boolean;
}

/**
 * The endpoints of a dependency, the one to ask first first, each with its own breaker. While the breaker of one is open, the next one is asked.
 */
export class RegionalBreakers {
  /** @param dependency its name, for spans */
  constructor(
    private readonly endpoints: readonly (Endpoint & { readonly breaker: CircuitBreaker })[],
    private readonly dependency = "dependency",
  ) {
    if (endpoints.length === 0) throw new TypeError("A dependency has no endpoint; pass one.");
  }

  /** Reads what is shared of all of them ahead of the first call; it never rejects. */
  async load(): Promise<void> {
    await Promise.all(this.endpoints.map(({ breaker }) => breaker.load()));
  }

  /**
   * Makes a call of the first endpoint whose breaker lets it through.
   * @throws CircuitOpenError when none does; anything that the last call made throws, as it is
   */
  async call<T>(
    work: (endpoint: Endpoint) => Promise<T>,
    { alsoAfterFailure = false }: RegionalCallOptions = {},
  ): Promise<T> {
    const refusals: CircuitOpenError[] = [];
    let failure: { readonly error: unknown } | undefined;
    for (const { breaker, ...endpoint } of this.endpoints) {
      try {
        const asked = { name: this.dependency, region: endpoint.region };
        return await breaker.call(() => inSpan("dependency", asked, () => work(endpoint)));
      } catch (error) {
        if (error instanceof CircuitOpenError) refusals.push(error);
        else if (alsoAfterFailure) failure = { error };
        else throw error;
      }
    }
    if (failure) throw failure.error;
    throw earliest(refusals);
  }

  /** What a call would throw now because no endpoint would be asked; undefined where one would. */
  async wouldRefuse(): Promise<CircuitOpenError | undefined> {
    const refusals: CircuitOpenError[] = [];
    for (const { breaker } of this.endpoints) {
      const refusal = await breaker.wouldRefuse();
      if (!refusal) return undefined;
      refusals.push(refusal);
    }
    return earliest(refusals);
  }
}

/** That of whichever may answer first. */
const earliest = (refusals: readonly CircuitOpenError[]): CircuitOpenError =>
  refusals.reduce((one, other) => (other.retryAfterMs < one.retryAfterMs ? other : one));
