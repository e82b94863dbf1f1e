import type { FailedEvent } from "./publisher";

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

/** Some events are not on the bus; `failed` holds them, to be published again as they are. */
export class EventsNotPublishedError extends Error {
  override readonly name = "EventsNotPublishedError";

  constructor(readonly failed: readonly FailedEvent[]) {
    const codes = [...new Set(failed.map(({ code }) => code))].join(", ");
    super(
      `${failed.length} of the events were not published (${codes}); publish the same events again, their ids keep.`,
    );
  }
}

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
