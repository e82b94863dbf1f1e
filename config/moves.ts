import { readFileSync } from "node:fs";
import { type Moves, movesFileOf, movesFormat } from "../contract";
import { ConfigError, parseConfig } from "../modules/core";

/**
 * What the states of an environment rename, let go and take in, of `moves/<environment>.json` in the current folder; nothing where
 * there is no such file.
 * @throws ConfigError with every mistake in it
 */
export function readMoves(environment: string): Moves {
  const file = movesFileOf(environment);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" && (error as NodeJS.ErrnoException).code !== "ENOTDIR")
      throw error;
    return movesFormat.parse({});
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const message = `is not JSON (${(error as Error).message}); restore it from version control`;
    throw new ConfigError(file, [{ path: file, message, received: "text" }]);
  }
  return parseConfig(movesFormat, content, file);
}
