/** What a log may say of anything that was thrown: the name of the error, and nothing of its message, which may hold a secret. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : "Error");
