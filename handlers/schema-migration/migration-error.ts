/** Migrations cannot go on: what is wrong and what to do. Terraform shows it; it quotes no value of a row. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";

  constructor(
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${problem}; ${remedy}`);
  }
}

/** What the database or the socket calls an error: a SQLSTATE of PostgreSQL, `ER_LOCK_DEADLOCK` of MySQL, `ECONNRESET`. */
export const codeOf = (error: unknown): string | undefined => {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === "string" && /^[A-Za-z0-9_]{1,60}$/.test(code) ? code : undefined;
};
