import { fixed, type RecoveryNumber, type RecoveryRow } from "./recovery-row";

/** How long it is assumed to take until somebody has named another region in `regions.active` and deployed, in seconds. */
export const assumedSwitchSeconds = 900;

/** A claim of what the lost region had begun ends so long after the timeout of its function, in seconds. */
const leaseSlackSeconds = 2;

/** When Lambda tries an asynchronous call again, in seconds. @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const firstRetrySeconds = 60;

/** Where a queue, stream or schedule is consumed. */
export interface EventSource {
  /** The name of the queue, table or schedule, for the row. */
  readonly name: string;
  readonly everyRegion: boolean;
  /** Timeout of the function, in seconds. */
  readonly timeoutSeconds: number;
}

const switched: RecoveryNumber = {
  made: "assumed time until another region is named in regions.active and deployed",
  remedy: (atMost) =>
    atMost >= leaseSlackSeconds ? "have every region do it, with a table of idempotency" : undefined,
};

const lease = ({ timeoutSeconds }: EventSource): RecoveryNumber =>
  fixed(`timeoutSeconds ${timeoutSeconds} + ${leaseSlackSeconds} s, while the lost region has what it began`);

/**
 * The recovery of a queue that a service takes. Each region has a queue of its own: what was sent to that of the lost region waits
 * there until it is back, or is lost with it, except for events, which a bus brings to both.
 * @param waits how old a message gets before an alarm fires, in seconds, where services send to the queue; otherwise undefined
 */
export function queueRecovery(queue: EventSource, waits: number | undefined): RecoveryRow {
  return {
    path: "queues",
    subject: queue.name,
    recoveryTimeSeconds: queue.everyRegion ? queue.timeoutSeconds + leaseSlackSeconds : assumedSwitchSeconds,
    recoveryPointSeconds: waits ?? 0,
    from: ["consumedIn", "alarmThresholds.oldestMessageSeconds"],
    recoveryTime: queue.everyRegion ? lease(queue) : switched,
    recoveryPoint:
      waits === undefined
        ? fixed("a bus brings its events to the queue of each region")
        : {
            made: `alarmThresholds.oldestMessageSeconds ${waits}: messages sent to the lost region wait there`,
            remedy: (atMost) =>
              atMost >= firstRetrySeconds ? `use alarmThresholds.oldestMessageSeconds ${atMost}` : undefined,
          },
    documentation: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html",
  };
}

/** The recovery of a stream that a service reads. Each replica has a stream with all changes that reached it. */
export function streamRecovery(stream: EventSource): RecoveryRow {
  return {
    path: "streams",
    subject: stream.name,
    recoveryTimeSeconds: stream.everyRegion ? stream.timeoutSeconds + leaseSlackSeconds : assumedSwitchSeconds,
    recoveryPointSeconds: 0,
    from: ["consumedIn"],
    recoveryTime: stream.everyRegion ? lease(stream) : switched,
    recoveryPoint: fixed(
      "what reached the replica is in its stream for 24 hours; what did not is in the row of the table",
    ),
    documentation: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html",
  };
}

/** The recovery of a schedule. An occurrence that no region runs is missed, and does not come later. */
export function scheduleRecovery(schedule: EventSource): RecoveryRow {
  const retried = schedule.timeoutSeconds + leaseSlackSeconds + firstRetrySeconds;
  return {
    path: "schedules",
    subject: schedule.name,
    recoveryTimeSeconds: schedule.everyRegion ? retried : assumedSwitchSeconds,
    recoveryPointSeconds: schedule.everyRegion ? 0 : assumedSwitchSeconds,
    from: ["runsIn"],
    recoveryTime: schedule.everyRegion
      ? fixed(`timeoutSeconds ${schedule.timeoutSeconds} + ${leaseSlackSeconds} s, and the first retry of Lambda`)
      : switched,
    recoveryPoint: schedule.everyRegion ? fixed("each region calls at the same time") : switched,
    documentation: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
  };
}
