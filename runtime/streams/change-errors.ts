/** A change cannot be read; names no part of an item. */
export class InvalidChangeError extends Error {
  override readonly name = "InvalidChangeError";

  constructor(
    readonly sequenceNumber: string,
    problem: string,
  ) {
    super(`The change ${sequenceNumber} ${problem}.`);
  }
}

/** A change was not begun, because an earlier one of the same item failed in this batch. */
export class EarlierChangeFailedError extends Error {
  override readonly name = "EarlierChangeFailedError";

  constructor(readonly sequenceNumber: string) {
    super(`The change ${sequenceNumber} waits for an earlier one of its item, which failed.`);
  }
}
