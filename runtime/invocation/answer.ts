/**
 * The largest answer that Lambda takes from a function which is invoked for its answer: 6 MB, in bytes of the JSON that it is sent as. It drops
 * what is larger, although the function has logged a success. An HTTP API would take 10 MB.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const maxAnswerBytes = 6_291_556;

/** The answer is larger than Lambda takes, so the caller would not get it. */
export class AnswerTooLargeError extends Error {
  override readonly name = "AnswerTooLargeError";

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
  ) {
    super(
      `The answer has ${bytes} bytes, and ${maxBytes} are taken; answer less at a time, or put it into S3 and answer its address.`,
    );
  }
}

/** At most so many bytes become of one unit of a text, in JSON: a control character becomes `\u001f`. */
const mostBytesOfUnit = 6;

/** @throws AnswerTooLargeError for an answer whose JSON is larger than Lambda takes */
export function requireSendable(answer: unknown, maxBytes = maxAnswerBytes): void {
  const json = JSON.stringify(answer) ?? "";
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes) throw new AnswerTooLargeError(bytes, maxBytes);
}

/** Whether texts of so many units together are surely small enough, so that nobody needs to look. */
export const isSurelySendable = (units: number): boolean => units * mostBytesOfUnit < maxAnswerBytes / 2;
