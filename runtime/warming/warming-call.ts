/** The one member of a warming call; no event of AWS has it, and none of them has one member alone. */
export const warmingMember = "evenkeelWarming";

/** What the scheduled warmer sends to an execution environment. */
export interface WarmingCall {
  readonly [warmingMember]: {
    /** How long the environment stays busy, in milliseconds, so that calls made at once reach as many environments. */
    readonly holdMs: number;
  };
}

/** What an execution environment says to a warming call. */
export interface WarmingAnswer {
  readonly warming: {
    /** Id of the execution environment, the same for as long as it lives. */
    readonly environment: string;
    /** Whether this call has started it: a request would have waited for that. */
    readonly cold: boolean;
  };
}

/** The longest hold, in milliseconds: while it is held, an environment answers no request. */
export const longestHoldMs = 1_000;

/**
 * Whether an event is a warming call: an object with that member and no other. An API puts what its callers send into members beside
 * its own (`version`, `requestContext`, `body`), and so do event buses, queues and streams; so none of their callers can make one.
 */
export function isWarmingCall(event: unknown): event is WarmingCall {
  if (typeof event !== "object" || event === null || !Object.hasOwn(event, warmingMember)) return false;
  const { [warmingMember]: call } = event as Partial<WarmingCall>;
  return Object.keys(event).length === 1 && typeof call === "object" && call !== null;
}

/** How long a call asks to be held, in milliseconds, between none and the longest. */
export function holdOf({ [warmingMember]: { holdMs } }: WarmingCall): number {
  return typeof holdMs === "number" && holdMs > 0 ? Math.min(holdMs, longestHoldMs) : 0;
}
