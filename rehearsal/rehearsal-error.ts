/** A rehearsal that could not be carried out, or found what must not happen. */
export class RehearsalError extends Error {
  override readonly name = "RehearsalError";
}
