import { stripVTControlCharacters } from "node:util";
import { hasColours, paragraphs, screenOf } from "../output";

/** A line or a table for people, on standard error, which may have no colours where standard output has them. */
export function note(text: string): void {
  const shown = paragraphs(text, screenOf(process.stderr));
  process.stderr.write(`${hasColours(process.stderr) ? shown : stripVTControlCharacters(shown)}\n`);
}
