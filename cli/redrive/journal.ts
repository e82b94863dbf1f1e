import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** What was done with a dead letter, written before and after each send. */
type Step = "sending" | "taken" | "deleted";

/**
 * What a redrive has done, a line for each step, so that it goes on after an interrupt. A letter that its destination took is only deleted,
 * however the run ended between the two; one that was being sent is sent again, because nobody knows whether it arrived.
 */
export class Journal {
  private readonly steps = new Map<string, Step>();
  private readonly descriptor: number;
  /** Whether an earlier run left it. */
  readonly resumed: boolean;

  constructor(private readonly file: string) {
    this.resumed = existsSync(file);
    if (this.resumed) this.read(readFileSync(file, "utf8"));
    mkdirSync(dirname(file), { recursive: true });
    this.descriptor = openSync(file, "a");
  }

  private read(text: string): void {
    // What a killed run wrote last may be half a line, which says nothing.
    for (const line of text.split("\n").slice(0, -1)) {
      const [step, key] = line.split("\t");
      if (key !== undefined && (step === "sending" || step === "taken" || step === "deleted"))
        this.steps.set(key, step);
    }
  }

  /** Whether its destination has taken a letter. */
  wasTaken(key: string): boolean {
    const step = this.steps.get(key);
    return step === "taken" || step === "deleted";
  }

  /** Whether a run ended while it sent a letter. */
  isUncertain(key: string): boolean {
    return this.steps.get(key) === "sending";
  }

  /** @param key names a letter: its queue and id */
  note(step: Step, key: string): void {
    this.steps.set(key, step);
    writeSync(this.descriptor, `${step}\t${key}\n`);
    // What was taken must be known even if the machine goes down.
    if (step === "taken") fsyncSync(this.descriptor);
  }

  /** How many letters were taken, in all runs. */
  get taken(): number {
    return [...this.steps.values()].filter((step) => step !== "sending").length;
  }

  /** Ends the journal, and removes it where nothing is left to go on with. */
  close(complete: boolean): void {
    closeSync(this.descriptor);
    if (complete) rmSync(this.file, { force: true });
  }
}
