import { loadRemaining } from "../aws/on-demand.js";
import type { RemainingTime } from "../invocation/time.js";
import { flushed } from "../observability/tracing.js";
import { type Clock, systemClock } from "../resilience/clock.js";
import { holdOf, isWarmingCall, longestHoldMs, type WarmingAnswer, type WarmingCall } from "./warming-call.js";

/** A Lambda handler of any kind of event. */
// biome-ignore lint/suspicious/noExplicitAny: whatever a handler takes and answers stays as it is
type AnyHandler = (event: any, context: any) => Promise<unknown>;

/** Of this execution environment: its id, once it has been asked, and whether it has had a call. */
const here: { id?: string; called: boolean } = { called: false };

/** Left of an invocation when a warming call answers at the latest, in milliseconds. */
const reserveMs = 500;

/**
 * A handler that answers warming calls before anything else of it runs; all other events go to it as they are, and what they were traced by is sent before they are answered. `httpApi`, `eventConsumer`,
 * `queueConsumer`, `streamConsumer`, `scheduledTask`, `bySource` and `boundedHandler` do this by themselves.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function warmable<H extends AnyHandler>(handler: H, clock: Clock = systemClock): H {
  const answering = (event: unknown, context: RemainingTime): Promise<unknown> => {
    const cold = !here.called && !isPreparedAhead();
    here.called = true;
    return isWarmingCall(event) ? answer(event, context, cold, clock) : flushed(() => handler(event, context), context);
  };
  return answering as H;
}

/** Keeps the environment busy as long as asked, and loads meanwhile what requests may need and none has needed so far. */
async function answer(call: WarmingCall, context: RemainingTime, cold: boolean, clock: Clock): Promise<WarmingAnswer> {
  here.id ??= crypto.randomUUID();
  const longestMs = Math.max(0, (context.getRemainingTimeInMillis?.() ?? longestHoldMs + reserveMs) - reserveMs);
  const ended = new AbortController();
  const loaded = loadRemaining();
  await Promise.all([
    clock.sleep(Math.min(holdOf(call), longestMs)),
    Promise.race([loaded, clock.sleep(longestMs, ended.signal)]).finally(() => ended.abort()),
  ]);
  return { warming: { environment: here.id, cold } };
}

/** Whether Lambda has started the environment ahead of requests, which then waited for nothing. */
function isPreparedAhead(): boolean {
  const { AWS_LAMBDA_INITIALIZATION_TYPE: type } = process.env;
  return type !== undefined && type !== "on-demand";
}
