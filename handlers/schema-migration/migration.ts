/** A migration as the synthesis checked it; it is in the bundle. */
export interface Migration {
  /** `0001_entries`; never changes. */
  readonly name: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
  /** What it drops, whose use is looked at before. */
  readonly drops: readonly { readonly kind: "table" | "index"; readonly name: string }[];
}

/** How patient the runner is. */
export interface Limits {
  /** Longest wait of a statement for a lock, in milliseconds. */
  readonly lockTimeoutMs: number;
  /** How often a migration is tried that does not get its locks. */
  readonly lockAttempts: number;
  /** Longest run of a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** How long nothing may have touched what is dropped, in hours; 0 asks nobody. */
  readonly unusedHours: number;
}

/** What a run has done; Terraform keeps it in its state. */
export interface Outcome {
  /** Names of the migrations of this run, in order. */
  readonly applied: readonly string[];
  /** How many were applied before it. */
  readonly before: number;
}
