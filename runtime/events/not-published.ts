import type { DomainEvent } from "./domain-event.js";

/** An event that is not on the bus. */
export interface FailedEvent {
  readonly event: DomainEvent;
  /** EventBridge's error code, the name of the SDK's error, `TooLarge` or `DeadlineExceeded`. */
  readonly code: string;
  readonly message: string;
  /** Whether the same event may be taken later. */
  readonly retryable: boolean;
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
