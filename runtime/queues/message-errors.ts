/** A message cannot be read; names no part of its content. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";

  constructor(
    readonly messageId: string,
    problem: string,
  ) {
    super(`The message ${messageId} ${problem}; mend its sender.`);
  }
}

/** A message came without `metadata.eventId`, so it is unknown whether it was handled before. */
export class MessageWithoutIdError extends Error {
  override readonly name = "MessageWithoutIdError";

  constructor(readonly messageId: string) {
    super(
      `The message ${messageId} has no metadata.eventId; send one that stays the same when the message is sent again, or pass identify.`,
    );
  }
}
