/** What one check has found. */
export interface Finding {
  readonly state: "fine" | "wrong" | "note";
  /** What was looked at, and how it is. */
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Something that a machine or a project needs. */
export interface Check {
  readonly name: string;
  run(): Promise<readonly Finding[]> | readonly Finding[];
}

export const fine = (says: string): Finding => ({ state: "fine", says });
export const wrong = (says: string, remedy: string): Finding => ({ state: "wrong", says, remedy });
export const note = (says: string, remedy?: string): Finding => ({ state: "note", says, remedy });
