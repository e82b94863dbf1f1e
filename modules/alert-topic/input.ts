// Generated from the schemas by `npm run docs`; do not edit.

/** What `alertTopicConfig` takes: fields with defaults may be left out. */
export interface AlertTopicInput {
  /**
   * E-mail addresses. Nothing is sent to an address until its owner confirms the subscription that AWS e-mails them.
   *
   * @defaultValue `[]`
   */
  readonly emails?: readonly string[];
  /**
   * Endpoints of an on-call or chat system. They must confirm the subscription automatically within a minute.
   *
   * Takes `list of string of at most 2048 characters`.
   *
   * @defaultValue `[]`
   */
  readonly httpsEndpoints?: readonly string[];
}

