import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { UserError } from "../errors";
import type { StateVersion } from "./copied-state";

/** How far a rollout came with a stack. */
export type Step = "begun" | "done";

/** What became of a wave once its stacks were applied. */
export type WaveStep = "healthy" | "stopped" | "taken back";

interface Entry {
  /** SHA-256 of the bundle that is applied. */
  readonly bundle: string;
  readonly stack: string;
  readonly step: Step;
  /** The state afterwards, of a stack that is done. */
  readonly state?: StateVersion;
  /** ISO 8601. */
  readonly at: string;
}

interface WaveEntry extends Pick<Entry, "bundle" | "at"> {
  /** Its stacks, by which it is known. */
  readonly wave: readonly string[];
  readonly step: WaveStep;
}

/** Where a journal lies a second time, for runs on other machines. */
export interface JournalCopy {
  /** As users read it: `s3://states/evenkeel/prod/rollouts/prod/4f1c….journal.jsonl`. */
  readonly shown: string;
  /** Its lines; "" where there is none. @throws where it cannot be read */
  read(): Promise<string>;
  /** In place of what `read` or the last `write` has seen. @throws where it cannot be written, or is another one by now */
  write(lines: string): Promise<void>;
}

/** A step could not be written down where runs on other machines read it, so that the rollout does not go on. */
export class JournalError extends UserError {
  override readonly name = "JournalError";
}

/** A step comes after those before it; a rollout of one bundle never goes from a later one to an earlier one. */
const stepsInOrder: readonly (Step | WaveStep)[] = ["begun", "done", "stopped", "healthy", "taken back"];

/** What rollouts have done, a line for each step, written down before the next one begins. */
export class Journal {
  private readonly steps = new Map<string, Entry>();
  private readonly waves = new Map<string, WaveEntry>();
  private copy: JournalCopy | undefined;

  constructor(
    private readonly file: string,
    private readonly bundle: string,
  ) {
    for (const entry of existsSync(file) ? entriesIn(readFileSync(file, "utf8")) : [])
      if (entry.bundle === bundle) this.keep(entry);
  }

  /**
   * A journal that lies elsewhere too: with what runs on other machines have written down, of each stack and wave the further step.
   * @throws JournalError where the other one cannot be written; what its `read` throws
   */
  static async open(file: string, bundle: string, copy: JournalCopy): Promise<Journal> {
    const journal = new Journal(file, bundle);
    const there = await copy.read();
    for (const entry of entriesIn(there)) {
      const here = journal.at(entry);
      if (entry.bundle !== bundle || (here && isAtLeast(here, entry))) continue;
      journal.keep(entry);
      journal.append(entry);
    }
    journal.copy = copy;
    // A run that ended between the two, or without a connection.
    if (journal.lines() !== there) await journal.writeCopy();
    return journal;
  }

  /** How far an earlier run of this bundle came; undefined for a stack that was not begun. */
  of(stack: string): { readonly step: Step; readonly state?: StateVersion } | undefined {
    return this.steps.get(stack);
  }

  /** What became of a wave, and when (ISO 8601); undefined for one whose health nobody has seen to its end. */
  ofWave(stacks: readonly string[]): { readonly step: WaveStep; readonly at: string } | undefined {
    return this.waves.get(stacks.join());
  }

  /** @throws JournalError once the step is written down here, but not elsewhere */
  note(stack: string, step: Step, state?: StateVersion): Promise<void> {
    return this.write({ bundle: this.bundle, stack, step, state, at: new Date().toISOString() });
  }

  /** @throws JournalError once the step is written down here, but not elsewhere */
  noteWave(stacks: readonly string[], step: WaveStep): Promise<void> {
    return this.write({ bundle: this.bundle, wave: stacks, step, at: new Date().toISOString() });
  }

  /** Here first: whatever happens to the copy, this machine knows. */
  private async write(entry: Entry | WaveEntry): Promise<void> {
    this.keep(entry);
    this.append(entry);
    await this.writeCopy();
  }

  private async writeCopy(): Promise<void> {
    const copy = this.copy;
    if (!copy) return;
    await copy.write(this.lines()).catch((error: unknown) => {
      throw new JournalError(
        [
          `${copy.shown}: how far the rollout came could not be written there, so it stops: ${(error as Error).message}`,
          `It is written down in ${this.file}. Once the reason is gone, the same command goes on; on another machine, it plans the stack again that it stopped at.`,
        ].join("\n"),
      );
    });
  }

  private at(entry: Entry | WaveEntry): Entry | WaveEntry | undefined {
    return "wave" in entry ? this.waves.get(entry.wave.join()) : this.steps.get(entry.stack);
  }

  private keep(entry: Entry | WaveEntry): void {
    if ("wave" in entry) this.waves.set(entry.wave.join(), entry);
    else this.steps.set(entry.stack, entry);
  }

  /** The last step of each stack and wave of this bundle. */
  private lines(): string {
    return [...this.steps.values(), ...this.waves.values()].map((entry) => `${JSON.stringify(entry)}\n`).join("");
  }

  private append(entry: Entry | WaveEntry): void {
    const file = openSync(this.file, "a", 0o600);
    try {
      // On a line of its own also after one that breaks off, whose process was killed.
      writeSync(file, `\n${JSON.stringify(entry)}`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

const isAtLeast = (one: Entry | WaveEntry, other: Entry | WaveEntry): boolean =>
  stepsInOrder.indexOf(one.step) >= stepsInOrder.indexOf(other.step);

/** The lines that are whole: the last one may break off. */
function entriesIn(lines: string): (Entry | WaveEntry)[] {
  return lines.split("\n").flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as Entry | WaveEntry];
    } catch {
      return [];
    }
  });
}
