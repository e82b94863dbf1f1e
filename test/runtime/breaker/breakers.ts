import type { BreakerReport, CircuitBreakerOptions } from "../../../runtime/breaker/circuit-breaker";
import { CircuitBreaker } from "../../../runtime/breaker/circuit-breaker";
import { CircuitOpenError } from "../../../runtime/breaker/circuit-open-error";

/** A clock that stands until it is moved. */
export class StandingClock {
  private at = 1_000_000;
  readonly now = () => this.at;
  readonly sleep = async () => undefined;
  move(ms: number): void {
    this.at += ms;
  }
}

/** A dependency that answers or fails as it is told, and counts by itself who reached it. */
export class FakeDependency {
  up = true;
  calls = 0;
  readonly call = async (): Promise<string> => {
    this.calls += 1;
    if (!this.up) throw new Error("the dependency is down");
    return "answer";
  };
}

/** A breaker of one execution environment, with what it reported. */
export function environmentWith(clock: StandingClock, options: Partial<CircuitBreakerOptions> = {}) {
  const reports: BreakerReport["what"][] = [];
  const breaker = new CircuitBreaker({
    dependency: "carrier",
    region: "eu-west-1",
    failures: { consecutive: 3 },
    openMs: 30_000,
    maxOpenMs: 100_000,
    probeMs: 10_000,
    clock,
    onReport: ({ what }) => reports.push(what),
    ...options,
  });
  return { breaker, reports };
}

/** How a call ended: with an answer, refused by the breaker, or failed by the dependency. */
export async function outcomeOf(call: Promise<unknown>): Promise<"answered" | "refused" | "failed"> {
  try {
    await call;
    return "answered";
  } catch (error) {
    return error instanceof CircuitOpenError ? "refused" : "failed";
  }
}

/** The outcomes of calls, one after the other. */
export async function inTurn(times: number, call: () => Promise<unknown>): Promise<string[]> {
  const outcomes: string[] = [];
  for (let time = 0; time < times; time += 1) outcomes.push(await outcomeOf(call()));
  return outcomes;
}
