import { traceBy } from "../observability/tracing.js";
import { openTelemetryFromEnvironment } from "./from-environment.js";

/** How often spans are sent, in milliseconds. */
const everyMs = 1_000;

/**
 * Traces a process that answers many requests at a time, which nobody freezes: spans are sent by a clock, and no answer waits for it.
 * @returns what sends the last spans, at the end of the process
 */
export function traceContainer(): () => Promise<void> {
  const all = openTelemetryFromEnvironment();
  traceBy({
    span: (kind, source, work) => all.span(kind, source, work),
    context: () => all.context(),
    awsClient: (client) => all.awsClient(client),
    flush: async () => undefined,
  });
  const clock = setInterval(() => void all.flush({}), everyMs);
  clock.unref();
  return async () => {
    clearInterval(clock);
    await all.flush({});
  };
}
