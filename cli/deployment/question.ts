import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { UserError } from "../../errors";

/** Something needs a yes, and nobody can be asked. */
export class ConfirmationError extends UserError {
  override readonly name = "ConfirmationError";
}

export interface QuestionStreams {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

const terminal: QuestionStreams = { input: process.stdin, output: process.stderr };

/**
 * Refuses, before anything is done, where a question would have to be asked and nobody is there.
 * @param doing what is refused: `deploy prod`
 */
export function checkSomebodyAnswers(doing: string, streams: QuestionStreams = terminal): void {
  if (streams.input.isTTY) return;
  throw new ConfirmationError(
    `evenkeel ${doing} asks before it changes anything, and there is no terminal to ask on; ` +
      "pass --auto-approve to go on without a question",
  );
}

/**
 * Asks a question, and waits for one line.
 * @returns the answer without spaces around it; undefined if there is none, because the input or the run has ended
 */
export async function ask(
  question: string,
  signal?: AbortSignal,
  { input, output }: QuestionStreams = terminal,
): Promise<string | undefined> {
  if (signal?.aborted) return undefined;
  const lines = createInterface({ input, output });
  // In a terminal, readline takes Ctrl-C away from the process.
  lines.on("SIGINT", () => void process.kill(process.pid, "SIGINT"));
  try {
    const ended = new Promise<undefined>((done) => lines.once("close", () => done(undefined)));
    const answer = await Promise.race([lines.question(question, signal ? { signal } : {}), ended]);
    return answer?.trim();
  } catch (error) {
    if ((error as Error).name === "AbortError") return undefined;
    throw error;
  } finally {
    lines.close();
  }
}
