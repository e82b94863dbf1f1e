import type { Migration } from "../migration.js";

/** A migration of PostgreSQL: a file in one transaction, or a single statement outside of one. */
export interface PostgresMigration extends Migration {
  readonly sql: string;
  /** Whether it runs in a transaction; what does not is a single statement, which may be run again where it was cut off. */
  readonly transaction: boolean;
  /** The index that its one statement builds. */
  readonly index?: { readonly schema: string | null; readonly name: string };
}
