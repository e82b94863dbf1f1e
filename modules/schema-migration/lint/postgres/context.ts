import type { Node } from "libpg-query";
import { namesOf } from "./names";

/** What a file has done before the statement that is looked at, and the files before it. */
export class LintContext {
  /** Tables, views and types that this file has created: nobody uses them before it ends. */
  private created = new Set<string>();
  /** Constraints that this file has added without looking at the rows. */
  private unvalidated = new Set<string>();
  /** `CHECK (column IS NOT NULL)`, by table and constraint. */
  private readonly checks = new Map<string, string>();
  /** Columns by table that a validated constraint says are never null. */
  private readonly neverNull = new Set<string>();

  nextFile(): void {
    this.created = new Set();
    this.unvalidated = new Set();
  }

  create(name: string): void {
    this.created.add(name);
  }

  isNew(name: string): boolean {
    return this.created.has(name);
  }

  addConstraint(table: string, name: string, check: Node | undefined): void {
    this.unvalidated.add(`${table} ${name}`);
    const column = check && columnThatIsNotNull(check);
    if (column) this.checks.set(`${table} ${name}`, column);
  }

  /** Whether this file has added the constraint: its lock on the table would then last while the rows are read. */
  wasJustAdded(table: string, name: string): boolean {
    return this.unvalidated.has(`${table} ${name}`);
  }

  validate(table: string, name: string): void {
    const column = this.checks.get(`${table} ${name}`);
    if (column) this.neverNull.add(`${table} ${column}`);
  }

  isNeverNull(table: string, column: string): boolean {
    return this.neverNull.has(`${table} ${column}`);
  }
}

function columnThatIsNotNull(check: Node): string | undefined {
  if (!("NullTest" in check) || check.NullTest.nulltesttype !== "IS_NOT_NULL") return undefined;
  const { arg } = check.NullTest;
  return arg && "ColumnRef" in arg ? namesOf(arg.ColumnRef.fields).at(-1) : undefined;
}
