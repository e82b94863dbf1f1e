import { isUserError } from "../errors";
import { missingEngine } from "./without-engine";

/**
 * Runs one verb: its number becomes the exit code, an error that the user can fix becomes one message and exit code 1.
 * Any other error is a defect: it is rethrown, so that Node.js prints its stack trace and ends with exit code 1.
 */
export async function runVerb(verb: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await verb();
  } catch (error) {
    const missing = missingEngine(error);
    if (missing === undefined && !isUserError(error)) throw error;
    const told = missing === undefined ? (error as Error).message : withoutEngine(missing);
    process.stderr.write(`${told}\n`);
    process.exitCode = 1;
  }
}

const withoutEngine = (name: string): string =>
  `${name} is not installed, and this toolkit synthesizes with it; run npm install in the folder of a project, or evenkeel doctor there`;
