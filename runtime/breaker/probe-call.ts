/** The one member of a probe call; no event of AWS has it, and none of them has one member alone. */
export const probeMember = "evenkeelProbe";

/** What asks a function to try a dependency whose breaker is open, while it is given no messages. */
export interface ProbeCall {
  readonly [probeMember]: { readonly dependency: string };
}

/** What a function says to a probe call. */
export interface ProbeAnswer {
  readonly probe: {
    readonly dependency: string;
    readonly outcome: /** The dependency has answered: its breaker is closed. */
      | "answered"
      /** It has failed again: its breaker is open for longer. */
      | "failed"
      /** No call was made: the breaker says that it is not yet time, or another one was elected. */
      | "refused";
    /** The name of the error, where it failed. */
    readonly errorName?: string;
  };
}

/** Whether an event is a probe call: an object with that member and no other, which none of an API's callers can make. */
export function isProbeCall(event: unknown): event is ProbeCall {
  if (typeof event !== "object" || event === null || !Object.hasOwn(event, probeMember)) return false;
  const { [probeMember]: call } = event as Partial<ProbeCall>;
  return Object.keys(event).length === 1 && typeof call?.dependency === "string";
}
