/** A rotation or a check failed: what is wrong and what to do. */
export class KeyRotationError extends Error {
  override readonly name = "KeyRotationError";

  constructor(problem: string, remedy: string) {
    super(`${problem}; ${remedy}`);
  }
}
