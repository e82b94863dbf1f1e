/**
 * An error that the user can fix: its message says what is wrong, where, and what to do, and nothing else is printed.
 * Every other error is a defect of this toolkit and keeps its stack trace.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
}
