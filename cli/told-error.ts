import { isUserError } from "../errors";
import type { ErrorDocument } from "./document";
import { missingEngine } from "./without-engine";

/** What is told of an error that the user can fix. */
export interface ToldError {
  readonly message: string;
  readonly exitCode: number;
  readonly problems: ErrorDocument["error"]["problems"];
}

/** What to tell of what was thrown; undefined for a defect, whose stack trace Node.js prints. */
export function toldError(thrown: unknown): ToldError | undefined {
  const missing = missingEngine(thrown);
  if (missing !== undefined) return { message: withoutEngine(missing), exitCode: 1, problems: [] };
  if (!isUserError(thrown)) return undefined;
  // A copy of this package that is older has no exit codes in its errors.
  return { message: thrown.message, exitCode: thrown.exitCode ?? 1, problems: problemsOf(thrown) };
}

/** The mistakes of a ConfigError. Not by its class: a project may have two copies of this package. */
function problemsOf(error: Error): ToldError["problems"] {
  const { issues } = error as Error & { readonly issues?: ToldError["problems"] };
  if (!Array.isArray(issues)) return [];
  return issues.map(({ path, received, message }) => ({ path, received, message }));
}

const withoutEngine = (name: string): string =>
  `${name} is not installed, and this toolkit synthesizes with it; run npm install in the folder of a project, or evenkeel doctor there`;
