/** An alias could not be forecast, or its schedule could not be written: what is wrong and what to do. */
export class WarmingError extends Error {
  override readonly name = "WarmingError";

  constructor(problem: string, remedy: string) {
    super(`${problem}; ${remedy}`);
  }
}
