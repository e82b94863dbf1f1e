/** What called the function is none of its schedules, or told no time. */
export class InvalidScheduledCallError extends Error {
  override readonly name = "InvalidScheduledCallError";

  constructor(problem: string) {
    super(`The call ${problem}.`);
  }
}
