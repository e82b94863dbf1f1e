import type { Clock } from "../../../runtime/resilience/clock";

/** A clock that only moves when something sleeps, or a test moves it. */
export class FakeClock implements Clock {
  readonly pauses: number[] = [];

  constructor(public time = 1_000_000) {}

  readonly now = (): number => this.time;

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    this.time += ms;
  };
}
