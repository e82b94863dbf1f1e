import { MigrationError } from "./migration-error.js";

/** How often something was touched, and what was known of it before; counts are texts, as they may be above 2^53. */
export interface Use {
  readonly touched: string | null;
  readonly known: string | null;
  /** When the count was seen to change last. */
  readonly since: Date | null;
  readonly free_at: Date | null;
  readonly free: boolean | null;
}

/** Refuses to drop what was touched lately. @throws MigrationError */
export function requireFree(
  migration: string,
  what: string,
  { touched, known, since, free_at, free }: Use,
  hours: number,
): void {
  const about = `${migration} drops the ${what}`;
  if (known === null || since === null) {
    throw new MigrationError(
      `${about}, and nobody has looked at its use before`,
      `its use is counted from now on: apply again after ${hours} h, or deploy without this migration until then`,
    );
  }
  if (known !== touched) {
    throw new MigrationError(
      `${about}, which is in use: it was touched ${known} times by ${since.toISOString()}, and ${touched} times by now`,
      `find out what still uses it, deploy without that, and apply again after ${hours} h`,
    );
  }
  if (!free) {
    throw new MigrationError(
      `${about}, which nothing has touched since ${since.toISOString()}, less than ${hours} h`,
      `apply again after ${free_at?.toISOString()}, or deploy without this migration until then`,
    );
  }
}
