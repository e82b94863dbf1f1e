import { paragraphs, screenOf } from "../output";
import type { ErrorDocument, Outcome } from "./document";
import { toldError } from "./told-error";

/** How a verb prints what it ends with. */
export interface OutputOptions {
  /** One JSON document on standard output. */
  readonly json?: boolean;
  /** Tables as wide as they need. */
  readonly wide?: boolean;
}

/**
 * Runs one verb: prints what it ends with, as its document with `--json`, and takes over its exit code. An error that the user can
 * fix becomes one message and its exit code, 1 for most. Any other error is a defect: it is rethrown, so that Node.js prints its
 * stack trace and ends with exit code 1. With `--json` standard output has one document after an error as well.
 */
export async function runVerb(options: OutputOptions, verb: () => Promise<Outcome>): Promise<void> {
  try {
    const outcome = await verb();
    if (options.json) printJson(outcome.json);
    else print(outcome.text(screenOf(process.stdout, options)));
    process.exitCode = outcome.code;
  } catch (error) {
    const told = toldError(error);
    const { message, problems } = told ?? { message: String(error), problems: [] };
    if (options.json) printJson({ error: { message, problems } } satisfies ErrorDocument);
    if (!told) throw error;
    process.stderr.write(`${paragraphs(message, screenOf(process.stderr))}\n`);
    process.exitCode = told.exitCode;
  }
}

/** Prints one document on standard output. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function print(text: string): void {
  if (text !== "") process.stdout.write(`${text}\n`);
}
