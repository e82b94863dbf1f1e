/**
 * Stops cdktf from recording a full stack trace with every token. Nothing reads these traces, `stackTraces: false` does
 * not turn them off, and they make synthesis time grow faster than the number of resources. All other stack traces stay
 * as they are.
 *
 * cdktf's calls are recognized by the unlimited stack depth that they set.
 */
export function skipTokenStackTraces(): void {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = (target, below) => {
    if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) capture(target, below);
  };
}

/** Does without cdktf's own preparations for such a trace as well, which take longer than the rest of making a token. */
export function makeTokensWithoutTraces(): void {
  // Only the engine of which this is known has it there.
  const traces = require("cdktf/lib/tokens/private/stack-trace") as { captureStackTrace: () => readonly string[] };
  traces.captureStackTrace = () => [];
}
