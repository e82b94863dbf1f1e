/** A rotation or a check that cannot be done: what is wrong and what to do. */
export class KeyRotationError extends Error {
  override readonly name = "KeyRotationError";

  constructor(problem: string, remedy: string) {
    super(`${problem}; ${remedy}`);
  }
}
