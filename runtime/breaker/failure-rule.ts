import { ConsecutiveBreaker, CountBreaker, type IBreaker } from "cockatiel";

/** When a breaker opens, by the calls of one execution environment. */
export type FailureRule =
  /** After so many failures in a row. */
  | { readonly consecutive: number }
  /** When more than `percent` of the last `calls` calls failed. */
  | { readonly percent: number; readonly calls: number };

/** Counts calls as a rule says; the state of a call that is counted is always "closed", since open breakers count none. */
export function failureCounter(rule: FailureRule): IBreaker {
  return "consecutive" in rule
    ? new ConsecutiveBreaker(rule.consecutive)
    : new CountBreaker({ threshold: rule.percent / 100, size: rule.calls });
}
