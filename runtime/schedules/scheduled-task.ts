import type { Context } from "aws-lambda";
import { EventInProgressError } from "../events/event-errors.js";
import { type HandlerOnceOptions, handlerOnce } from "../events/handle-once.js";
import { limitCounter } from "../invocation/limits.js";
import { invocationSignal, withinTime } from "../invocation/time.js";
import { correlated, nameTrace } from "../observability/carried.js";
import { correlationIdOr } from "../observability/correlation-id.js";
import { beginInvocation, type Logger } from "../observability/logger.js";
import { stopwatch } from "../observability/stopwatch.js";
import { inSpan, type RunningSpan } from "../observability/tracing.js";
import { warmable } from "../warming/warmable.js";
import { InvalidScheduledCallError } from "./schedule-errors.js";
import { isScheduledCall, type ScheduledCall } from "./scheduled-call.js";

/** One occurrence of a schedule. */
export interface Occurrence {
  /** Name of the schedule in the service. */
  readonly schedule: string;
  /** The same for every attempt, in every region: the schedule and its time. */
  readonly eventId: string;
  readonly correlationId: string;
  /** When it was to run. It may run later, by the flexible window and by attempts: take the day of a nightly task from here. */
  readonly scheduledTime: Date;
  /** What the schedule was given as `input`; undefined if nothing. */
  readonly input: unknown;
  /** Writes lines that already carry the correlation id. */
  readonly logger: Logger;
  /** The Lambda context, for the time that remains. */
  readonly context: Context;
  /** Aborted when the time of the invocation is nearly over; pass it to what does not notice by itself, such as `fetch`. */
  readonly signal: AbortSignal;
}

/** A Lambda function that schedules call. */
export type ScheduledHandler = (
  event: ScheduledCall,
  context: Context,
) => Promise<{ readonly outcome: "processed" | "duplicate" }>;

/** The options of {@link scheduledTask}. */
export interface ScheduledTaskOptions extends Omit<HandlerOnceOptions, "store"> {
  readonly logger: Logger;
  /** Remembers which occurrences have run; `"none"` for tasks that may run twice. */
  readonly store: HandlerOnceOptions["store"] | "none";
  /** What each schedule of the service does, by its name. */
  readonly tasks: Readonly<Record<string, (occurrence: Occurrence) => Promise<void>>>;
  /** What is left for the end of an invocation that runs out of time, in milliseconds: 500 by default, and at most a tenth of its time. */
  readonly reserveMs?: number;
}

/**
 * A Lambda handler that runs each occurrence of a schedule once, though EventBridge Scheduler calls at least once, Lambda tries again, and
 * schedules of several regions may call. It rejects when the task fails, or while another invocation has the occurrence; Lambda then
 * tries again, as often as `asyncInvoke` of the function says.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduledTask(options: ScheduledTaskOptions): ScheduledHandler {
  const { logger, store, tasks, reserveMs } = options;
  const once = store === "none" ? undefined : handlerOnce({ ...options, store });
  const count = limitCounter();

  const run = async (call: ScheduledCall, context: Context, correlationId: string, ids: { event_id?: string }) => {
    const { schedule, scheduledTime, input } = checked(call);
    const task = Object.hasOwn(tasks, schedule) ? tasks[schedule] : undefined;
    if (!task) throw new InvalidScheduledCallError(`is of the schedule "${schedule}", for which there is no task`);
    const eventId = `${schedule}#${scheduledTime.toISOString()}`;
    ids.event_id = eventId;
    const work = () =>
      task({ schedule, eventId, correlationId, scheduledTime, input, logger, context, signal: invocationSignal() });
    if (once) return await once(eventId, context, work);
    await work();
    return "processed" as const;
  };

  const traced: ScheduledHandler = async (call, context) => {
    const correlationId = occurrenceId(options.consumer, call);
    beginInvocation(logger, context, correlationId);
    return await correlated(correlationId, () =>
      inSpan("schedule", { call, context }, (span) => timed(call, context, correlationId, span)),
    );
  };

  const timed = async (
    call: ScheduledCall,
    context: Context,
    correlationId: string,
    span: RunningSpan,
  ): Promise<{ readonly outcome: "processed" | "duplicate" }> => {
    const elapsed = stopwatch();
    nameTrace(logger);
    const ids: { event_id?: string } = {};
    const line = { schedule: call.schedule, attempt: call.attempt };
    try {
      const outcome = await withinTime(context, () => run(call, context, correlationId, ids), reserveMs);
      span.outcome(outcome);
      logger.info("schedule run", { ...line, ...ids, outcome, ...elapsed() });
      return { outcome };
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      const level = error instanceof EventInProgressError ? "warn" : "error";
      logger[level]("schedule run", {
        ...line,
        ...ids,
        outcome: "failed",
        error_code: error.name,
        error,
        ...elapsed(),
      });
      await count(thrown, context);
      throw thrown;
    }
  };

  return warmable(traced);
}

/** The same correlation id for all attempts at an occurrence, in every region: `picking.morning-round.20260105T060000Z`. */
function occurrenceId(consumer: string, { schedule, scheduledTime }: Partial<ScheduledCall>): string {
  return correlationIdOr(`${consumer}.${schedule}.${String(scheduledTime).replace(/[-:]|\.\d+/g, "")}`);
}

function checked(call: ScheduledCall) {
  if (!isScheduledCall(call) || typeof call.schedule !== "string") {
    throw new InvalidScheduledCallError("is not of a schedule of the toolkit");
  }
  const scheduledTime = new Date(call.scheduledTime);
  if (Number.isNaN(scheduledTime.getTime())) {
    throw new InvalidScheduledCallError("has no scheduledTime, so it is unknown whether it has run");
  }
  return { schedule: call.schedule, scheduledTime, input: call.input };
}
