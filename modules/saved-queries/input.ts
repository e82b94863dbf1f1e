// Generated from the schemas by `npm run docs`; do not edit.

/** What `savedQueriesConfig` takes: fields with defaults may be left out. */
export interface SavedQueriesInput {
  /**
   * Additional Logs Insights queries by name. A query with the name of a standard query replaces it.
   *
   * @defaultValue `{}`
   */
  readonly queries?: { readonly [name: string]: string };
}

