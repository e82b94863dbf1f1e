import type { Owner } from "./inventory/thing";

/** A call that waits for its turn. */
export interface Waiting {
  readonly type: string;
  /** The resource that it is about, as far as it is known. */
  readonly owner?: Owner;
  readonly removal: boolean;
}

/** Chooses which of the waiting calls comes next; returns its position. */
export type ChooseNext = (waiting: readonly Waiting[]) => number;

/** Until no further call has come for so long, in milliseconds, Terraform may still be about to make some. */
const quietMs = 20;

/**
 * Lets one call after the other through, in an order that is chosen. Terraform makes every call as soon as its graph
 * allows it, so the calls that wait at a quiet moment are those that could come in any order.
 */
export class Turns {
  private readonly waiting: { readonly call: Waiting; readonly go: () => void }[] = [];
  private busy = false;
  private timer?: NodeJS.Timeout;

  constructor(private readonly choose: ChooseNext) {}

  /** Waits for the call's turn, then makes it. */
  async take<Result>(call: Waiting, make: () => Promise<Result> | Result): Promise<Result> {
    await new Promise<void>((go) => {
      this.waiting.push({ call, go });
      this.wait();
    });
    try {
      return await make();
    } finally {
      this.busy = false;
      this.wait();
    }
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (this.busy || this.waiting.length === 0) return;
    this.timer = setTimeout(() => {
      this.busy = true;
      const chosen = this.choose(this.waiting.map(({ call }) => call));
      this.waiting.splice(chosen, 1)[0]?.go();
    }, quietMs);
  }
}
