import type { Migration } from "../migration.js";

/** Something that statements make, change and drop. */
export interface SchemaObject {
  readonly kind: "table" | "trigger" | "function" | "procedure";
  /** `levels` or `stock.levels`; of a view too, which is a table here. */
  readonly name: string;
}

/** One statement of a migration, and how it is told whether it ran before its run was cut off. */
export interface MysqlStatement {
  readonly sql: string;
  /**
   * - `data` runs in a transaction with its record;
   * - `definition` commits by itself: what it changes is looked at before and after;
   * - `repeatable` has the same effect once and twice.
   */
  readonly kind: "data" | "definition" | "repeatable";
  /** What a `definition` changes; each such statement changes at least one of them, or nothing at all. */
  readonly objects: readonly SchemaObject[];
}

/** A migration of MySQL, whose statements commit one by one. */
export interface MysqlMigration extends Migration {
  readonly statements: readonly MysqlStatement[];
}
