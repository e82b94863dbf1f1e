/** A queue that is paused by circuit breakers, as its schedule sends it. */
export interface PausedQueue {
  readonly queueName: string;
  /** UUID of the event source mapping. */
  readonly mapping: string;
  /** Who takes the messages, and probes while there are none. */
  readonly functionName: string;
  readonly alias: string;
  /** Whether the queue is to be read while no breaker is open. */
  readonly reads: boolean;
  /** What its messages cannot be handled without, with the regions of the endpoints that the function asks. */
  readonly dependencies: readonly { readonly name: string; readonly regions: readonly string[] }[];
}

/** The event of a schedule is not what the toolkit writes into it. */
export class PausedQueueError extends Error {
  override readonly name = "PausedQueueError";
}

/** @throws PausedQueueError */
export function readPausedQueue(event: unknown): PausedQueue {
  const given = (event ?? {}) as Partial<PausedQueue>;
  const { queueName, mapping, functionName, alias, reads, dependencies } = given;
  const texts = [queueName, mapping, functionName, alias];
  const isComplete =
    texts.every((text) => typeof text === "string" && /^[\w.-]{1,80}$/.test(text)) &&
    typeof reads === "boolean" &&
    Array.isArray(dependencies) &&
    dependencies.length > 0 &&
    dependencies.every(({ name, regions }) => typeof name === "string" && Array.isArray(regions) && regions.length > 0);
  if (!isComplete) {
    throw new PausedQueueError("The event names no queue to pause; deploy the schedules of queue-pausing again.");
  }
  return given as PausedQueue;
}
