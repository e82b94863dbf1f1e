/**
 * An error that the user can fix: its message says what is wrong, where, and what to do, and nothing else is printed.
 * Every other error is a defect of this toolkit and keeps its stack trace.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  /** The mark by which `isUserError` knows it. */
  readonly isEvenkeelUserError = true;
  /** What a verb ends with that it ends. */
  readonly exitCode: number = 1;
}

/** Whether the user can fix what was thrown. Not by its class: a project may have two copies of this package. */
export const isUserError = (thrown: unknown): thrown is UserError =>
  thrown instanceof Error && (thrown as Partial<UserError>).isEvenkeelUserError === true;
