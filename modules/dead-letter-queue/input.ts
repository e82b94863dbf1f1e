// Generated from the schemas by `npm run docs`; do not edit.

/** What `deadLetterQueueConfig` takes: fields with defaults may be left out. */
export interface DeadLetterQueueInput {
  /**
   * Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.
   *
   * Takes `integer 60..1209300`.
   *
   * @defaultValue `86400`
   */
  readonly deadLetterAgeSeconds?: number;
}

