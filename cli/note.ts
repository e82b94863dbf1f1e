import { paragraphs, screenOf } from "../output";

/** A line for people, on standard error. */
export function note(text: string): void {
  process.stderr.write(`${paragraphs(text, screenOf(process.stderr))}\n`);
}
