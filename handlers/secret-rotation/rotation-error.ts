/** A step of a rotation that cannot go on: what is wrong and what to do; never a value, nor a message of the database. */
export class RotationError extends Error {
  override readonly name = "RotationError";

  constructor(step: string, problem: string, remedy: string) {
    super(`${step}: ${problem}; ${remedy}`);
  }
}

/**
 * What may be told of another library's error: its name and code. Its message may hold what was sent, and with it a
 * password.
 */
export function describeSafely(error: unknown): string {
  if (!(error instanceof Error)) return "an unknown error";
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && /^[A-Za-z0-9_]{1,40}$/.test(code) ? `${error.name} ${code}` : error.name;
}
