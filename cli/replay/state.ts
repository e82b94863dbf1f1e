import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { UserError } from "../../errors";

/** The state of a replay cannot be gone on with. */
export class ReplayStateError extends UserError {
  override readonly name = "ReplayStateError";
}

const target = z.strictObject({
  archive: z.string(),
  bus: z.string(),
  region: z.string(),
  /** Names of the rules that the events come through. */
  rules: z.array(z.string()),
  /** How many slices are done. */
  done: z.int().nonnegative(),
  /** How often the slice that comes now was begun. */
  attempt: z.int().nonnegative(),
});

const state = z.strictObject({
  version: z.literal(1),
  /** Part of the name of each replay. */
  id: z.string(),
  from: z.int(),
  to: z.int(),
  sliceMinutes: z.int().positive(),
  speed: z.number().positive(),
  startedAt: z.int(),
  targets: z.array(target),
});

export type ReplayTarget = z.output<typeof target>;
export type ReplayState = z.output<typeof state>;

/** The state of a replay that has not ended; undefined if there is none. @throws ReplayStateError if the file is not one */
export function readState(file: string): ReplayState | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return state.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new ReplayStateError(`${file} is not the state of a replay; delete it, and start the replay again`);
  }
}

/** Writes it aside and renames it, so that nobody ever reads half of it. */
export function writeState(file: string, content: ReplayState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(content, null, 2));
  renameSync(`${file}.new`, file);
}

export const removeState = (file: string): void => rmSync(file, { force: true });
