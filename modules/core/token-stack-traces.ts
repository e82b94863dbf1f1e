/**
 * Stops cdktf from recording a full stack trace with every token: nothing reads them, `stackTraces: false` does not cover
 * them, and they make the time of synthesis grow faster than its size. Every other stack trace stays as it is.
 *
 * cdktf's recorder is told by the unlimited depth that it asks for.
 */
export function skipTokenStackTraces(): void {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = (target, below) => {
    if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) capture(target, below);
  };
}
