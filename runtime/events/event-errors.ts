/** An event that cannot be published as it is; names the field, and never its value. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";

  constructor(
    readonly field: string,
    problem: string,
    remedy: string,
  ) {
    super(`${field} of the event ${problem}; ${remedy}.`);
  }
}

/** Problem and remedy of a text that stores refuse or change. */
export const unstorableText = [
  "holds a NUL or half of a surrogate pair, which stores refuse or change",
  "publish it without",
] as const;

/** An event came without `detail.metadata.eventId`, so it is unknown whether it was handled before. */
export class EventWithoutIdError extends Error {
  override readonly name = "EventWithoutIdError";

  constructor(source: string, detailType: string) {
    super(
      `The event ${source} / ${detailType} has no detail.metadata.eventId; publish it with newEvent, or give it a handler that needs none.`,
    );
  }
}

/** Another invocation is handling the event, or died doing so; the next delivery finds out which. */
export class EventInProgressError extends Error {
  override readonly name = "EventInProgressError";

  constructor(
    readonly eventId: string,
    /** Milliseconds since 1970 after which another invocation may take over. */
    readonly leaseExpiresAt: number,
  ) {
    super(
      `The event ${eventId} is being handled until ${new Date(leaseExpiresAt).toISOString()}; let it be delivered again.`,
    );
  }
}

/** The invocation took longer than its lease, and another one has taken the event over. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(readonly eventId: string) {
    super(`The event ${eventId} was taken over by another invocation; raise the lease, or make the handler faster.`);
  }
}
