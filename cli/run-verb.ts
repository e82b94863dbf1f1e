import { isUserError } from "../errors";

/**
 * Runs one verb: its number becomes the exit code, an error that the user can fix becomes one message and exit code 1.
 * Any other error is a defect: it is rethrown, so that Node.js prints its stack trace and ends with exit code 1.
 */
export async function runVerb(verb: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await verb();
  } catch (error) {
    if (!isUserError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
