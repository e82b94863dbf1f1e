import { type DriverEvent, type OutcomeCounts, outcomes, type StackProgress } from "../../terraform";
import { plainTable } from "../plain-table";

/** What was done to one stack, as far as it came. */
interface StackRow {
  progress: StackProgress;
  counts?: OutcomeCounts;
  resources: number;
}

/** How a deployment or a destruction goes: a line for each step on standard error, and a table or JSON at the end. */
export class Progress {
  private readonly rows: Map<string, StackRow>;

  /** @param json one JSON object a line on standard output, in place of words and tables */
  constructor(
    stacks: readonly string[],
    private readonly json: boolean,
  ) {
    this.rows = new Map(stacks.map((stack) => [stack, { progress: "not started", resources: 0 }]));
  }

  /** @param doing what is done to a stack that has started: `planning` */
  listener(doing: string): (event: DriverEvent) => void {
    return (event) => {
      const row = this.rows.get(event.stack);
      if (row && event.type === "resource") row.resources += 1;
      if (row && (event.type === "planned" || event.type === "applied")) row.counts = event.counts;
      if (this.json) this.print(event);
      else this.say(event, doing);
    };
  }

  private say(event: DriverEvent, doing: string): void {
    const { stack } = event;
    if (event.type === "started") note(`${stack}: ${doing}`);
    if (event.type === "planned") note(`${stack}: planned, ${inWords(event.counts)}`);
    if (event.type === "resource") note(`${stack}: ${event.address}`);
    if (event.type === "applied") note(`${stack}: done, ${inWords(event.counts)}`);
    if (event.type === "failed") note(`${stack}: failed`);
  }

  /** Takes over how far each stack came. */
  settle(progress: ReadonlyMap<string, StackProgress>): void {
    for (const [stack, state] of progress) {
      const row = this.rows.get(stack);
      if (row) row.progress = state;
    }
  }

  /** Whether every stack is done. */
  get complete(): boolean {
    return [...this.rows.values()].every(({ progress }) => progress === "done");
  }

  /** Prints the result of all stacks. */
  finish(): void {
    if (this.json) {
      const stacks = [...this.rows].map(([stack, { progress, counts, resources }]) => ({
        stack,
        progress,
        planned: counts,
        begun: resources,
      }));
      this.print({ type: "finished", stacks });
      return;
    }
    const rows = [...this.rows].map(([stack, { progress, counts, resources }]) => [
      stack,
      progress,
      counts ? inWords(counts) : "-",
      String(resources),
    ]);
    process.stdout.write(`${plainTable(["stack", "", "planned", "resources begun"], rows)}\n`);
  }

  private print(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  }
}

/** A line for people, on standard error. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

function inWords(counts: OutcomeCounts): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return parts.join(", ") || "no changes";
}
