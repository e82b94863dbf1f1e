import type { DriverEvent, OutcomeCounts, StackProgress } from "../../terraform";
import { countsInWords } from "../counts-in-words";
import { note } from "../note";

/** What was done to one stack, as far as it came. */
export interface StackRow {
  readonly stack: string;
  progress: StackProgress;
  /** What its plan does; null where none was made. */
  planned: OutcomeCounts | null;
  /** How many resources were begun. */
  begun: number;
}

/** How a deployment or a destruction goes: a line for each step on standard error, and how far each stack came. */
export class Progress {
  private readonly byStack: Map<string, StackRow>;

  constructor(stacks: readonly string[]) {
    this.byStack = new Map(stacks.map((stack) => [stack, { stack, progress: "not started", planned: null, begun: 0 }]));
  }

  /** @param doing what is done to a stack that has started: `planning` */
  listener(doing: string): (event: DriverEvent) => void {
    return (event) => {
      const row = this.byStack.get(event.stack);
      if (row && event.type === "resource") row.begun += 1;
      if (row && (event.type === "planned" || event.type === "applied")) row.planned = event.counts;
      say(event, doing);
    };
  }

  /** Takes over how far each stack came. */
  settle(progress: ReadonlyMap<string, StackProgress>): void {
    for (const [stack, state] of progress) {
      const row = this.byStack.get(stack);
      if (row) row.progress = state;
    }
  }

  /** Whether every stack is done. */
  get complete(): boolean {
    return this.rows.every(({ progress }) => progress === "done");
  }

  get rows(): StackRow[] {
    return [...this.byStack.values()];
  }
}

function say(event: DriverEvent, doing: string): void {
  const { stack } = event;
  if (event.type === "started") note(`${stack}: ${doing}`);
  if (event.type === "planned") note(`${stack}: planned, ${countsInWords(event.counts)}`);
  if (event.type === "resource") note(`${stack}: ${event.address}`);
  if (event.type === "applied") note(`${stack}: done, ${countsInWords(event.counts)}`);
  if (event.type === "again") note(`${stack}: something is still in use; first what uses it lets go`);
  if (event.type === "failed") note(`${stack}: failed`);
}
