/**
 * How long handled events are remembered unless a store is told otherwise, in milliseconds: 8 days, which is longer than any retry.
 * Dead letters and archives may reach further back.
 */
export const defaultRememberMs = 8 * 86_400_000;
