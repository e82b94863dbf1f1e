import { type Clock, systemClock } from "../../runtime/resilience";

/** Lets through so many a second, evenly, however many wait. */
export class Pace {
  private next = 0;

  /** @param perSecond above 0 */
  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Waits for a turn. @throws the reason of the signal once it is aborted */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    const at = Math.max(now, this.next);
    this.next = at + 1_000 / this.perSecond;
    if (at > now) await this.clock.sleep(at - now, signal);
    else signal?.throwIfAborted();
  }
}
