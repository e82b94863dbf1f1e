/** A step of a rotation cannot continue: what is wrong and what to do; never a value or a message of the database. */
export class RotationError extends Error {
  override readonly name = "RotationError";

  constructor(step: string, problem: string, remedy: string) {
    super(`${step}: ${problem}; ${remedy}`);
  }
}

/**
 * The part of another library's error that is safe to show: its name and code. Its message may quote what was sent, such
 * as a password.
 */
export function describeSafely(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^[A-Za-z0-9_]{1,40}$/.test(code) ? `${error.name} ${code}` : error.name;
}

/** An error of the database or of the way there, without its message. */
export function unreachable(step: string, error: unknown): RotationError {
  if (error instanceof RotationError) return error;
  return new RotationError(
    step,
    `the database answered with ${describeSafely(error)}`,
    "check its log, its network and the administrator's secret; Secrets Manager tries again",
  );
}
