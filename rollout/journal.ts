import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
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

/** What rollouts have done, a line for each step, written down before the next one begins. */
export class Journal {
  private readonly steps = new Map<string, Entry>();
  private readonly waves = new Map<string, WaveEntry>();

  constructor(
    private readonly file: string,
    private readonly bundle: string,
  ) {
    for (const entry of existsSync(file) ? linesOf(file) : [])
      if (entry.bundle === bundle) {
        if ("wave" in entry) this.waves.set(entry.wave.join(), entry);
        else this.steps.set(entry.stack, entry);
      }
  }

  /** How far an earlier run of this bundle came; undefined for a stack that was not begun. */
  of(stack: string): { readonly step: Step; readonly state?: StateVersion } | undefined {
    return this.steps.get(stack);
  }

  /** What became of a wave, and when (ISO 8601); undefined for one whose health nobody has seen to its end. */
  ofWave(stacks: readonly string[]): { readonly step: WaveStep; readonly at: string } | undefined {
    return this.waves.get(stacks.join());
  }

  note(stack: string, step: Step, state?: StateVersion): void {
    const entry: Entry = { bundle: this.bundle, stack, step, state, at: new Date().toISOString() };
    this.steps.set(stack, entry);
    this.append(entry);
  }

  noteWave(stacks: readonly string[], step: WaveStep): void {
    const entry: WaveEntry = { bundle: this.bundle, wave: stacks, step, at: new Date().toISOString() };
    this.waves.set(stacks.join(), entry);
    this.append(entry);
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

/** The lines that are whole: the last one may break off. */
function linesOf(file: string): (Entry | WaveEntry)[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line) => {
      try {
        return line === "" ? [] : [JSON.parse(line) as Entry | WaveEntry];
      } catch {
        return [];
      }
    });
}
