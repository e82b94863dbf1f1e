import { constants } from "node:os";
import { UserError } from "../errors";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work that stops gracefully on the first signal; the second one ends this process and everything that it runs.
 * @returns the work's exit code, or 128 + the signal's number after a signal
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const stop = new AbortController();
  let received: number | undefined;
  const listeners = signals.map((name) => {
    const listener = () => {
      if (received !== undefined) process.exit(received);
      received = 128 + constants.signals[name];
      process.stderr.write("Stopping: Terraform finishes what it has started. Interrupt again to stop immediately.\n");
      stop.abort();
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  try {
    const code = await work(stop.signal);
    return received ?? code;
  } catch (error) {
    if (received === undefined || !(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return received;
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
  }
}
