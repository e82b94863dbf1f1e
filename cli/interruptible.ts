import { constants } from "node:os";
import { isUserError, UserError } from "../errors";
import { killRunning } from "../terraform";
import type { Outcome } from "./document";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const ofTerraform = [
  "Stopping: Terraform finishes what it has started, and nothing else is started. This can take minutes.\n",
  "Still waiting for Terraform to finish and to store its state. One more interrupt kills it: what it works on may then be " +
    "missing in the state, and the state may stay locked.\n",
  "Killed. Run the same command again; if it finds a locked state, it says how to release it.\n",
] as const;

/** An error that the user can fix, after a signal. */
class InterruptedError extends UserError {
  override readonly name = "InterruptedError";

  constructor(
    message: string,
    override readonly exitCode: number,
  ) {
    super(message);
  }
}

/**
 * Runs work that stops gracefully on the first signal. The second one says what a third one does: it kills everything that
 * runs, and ends this process.
 * @param words what is said after each signal, the last of them when everything is killed
 * @returns how the work ended, with the exit code 128 + the signal's number after a signal
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<Outcome>,
  words: readonly string[] = ofTerraform,
): Promise<Outcome> {
  const stop = new AbortController();
  const received: number[] = [];
  const listeners = signals.map((name) => {
    const listener = () => {
      process.stderr.write(words[Math.min(received.length, words.length - 1)] ?? "");
      received.push(128 + constants.signals[name]);
      if (received.length === 1) stop.abort();
      if (received.length < words.length) return;
      killRunning();
      process.exit(received[0]);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  try {
    const outcome = await work(stop.signal);
    return { ...outcome, code: received[0] ?? outcome.code };
  } catch (error) {
    const [code] = received;
    if (code === undefined || !isUserError(error)) throw error;
    throw new InterruptedError(error.message, code);
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
  }
}
