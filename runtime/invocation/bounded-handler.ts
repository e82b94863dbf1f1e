import type { Context } from "aws-lambda";
import { correlated, nameTrace } from "../observability/carried.js";
import { correlationIdOr } from "../observability/correlation-id.js";
import type { Logger } from "../observability/logger.js";
import { inSpan } from "../observability/tracing.js";
import { warmable } from "../warming/warmable.js";
import { AnswerTooLargeError, requireSendable } from "./answer.js";
import { limitCounter } from "./limits.js";
import { OutOfTimeError, withinTime } from "./time.js";

/** The parts of {@link boundedHandler}. */
export interface BoundedHandlerOptions<Event, Answer> {
  readonly logger: Logger;
  readonly handle: (event: Event, context: Context) => Promise<Answer>;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler for anything but HTTP APIs and events of a bus: schedules, rotations, queues, custom invocations. An invocation that runs out
 * of time, or whose answer is too large, fails with a line in the log and a metric before Lambda ends it without either; what it was doing
 * is aborted. `metadata` of the event may carry a correlation id and a trace; `currentCorrelationId()` says which it is. Calls of the scheduled warmer are answered before anything else.
 */
export function boundedHandler<Event, Answer>({
  logger,
  handle,
  reserveMs,
}: BoundedHandlerOptions<Event, Answer>): (event: Event, context: Context) => Promise<Answer> {
  const count = limitCounter();
  const traced = async (event: Event, context: Context): Promise<Answer> => {
    const { metadata } = (event ?? {}) as { readonly metadata?: { readonly correlationId?: unknown } };
    return await correlated(correlationIdOr(metadata?.correlationId), () =>
      inSpan("invocation", { event, context }, () => bounded(event, context)),
    );
  };

  const bounded = async (event: Event, context: Context): Promise<Answer> => {
    try {
      nameTrace(logger);
      const answer = await withinTime(context, () => handle(event, context), reserveMs);
      requireSendable(answer);
      return answer;
    } catch (error) {
      if (error instanceof OutOfTimeError || error instanceof AnswerTooLargeError) {
        logger.error("invocation failed", { error_code: error.name, error });
        await count(error, context);
      }
      throw error;
    }
  };

  return warmable(traced);
}
