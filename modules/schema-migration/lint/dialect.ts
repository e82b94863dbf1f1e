import type { MigrationFile, MigrationProblem } from "../migration-files";
import type { Allowance, Finding } from "./statement";

/** What is dropped, whose use is looked at before. */
export interface DroppedObject {
  readonly kind: "table" | "index";
  readonly name: string;
}

/** What one statement does, whatever the engine. */
export interface StatementFacts {
  readonly findings: readonly Finding[];
  readonly drops?: readonly DroppedObject[];
}

/** A statement of a file, as the parser of its engine read it. */
export interface CheckedStatement<F extends StatementFacts> {
  /** Line that it begins at, from 1. */
  readonly line: number;
  /** Its text without the comments before it. */
  readonly text: string;
  /** What the comments before it allow. */
  readonly allowed: readonly Allowance[];
  readonly facts: F;
}

/** The statements of a file, or the first thing in it that cannot be read. */
export type CheckedFile<F extends StatementFacts> =
  | {
      readonly statements: readonly CheckedStatement<F>[];
      /** Lines of comments that were meant to allow something, but do not read as such. */
      readonly broken: readonly number[];
    }
  | { readonly error: { readonly message: string; readonly line: number } };

/** What every engine's function is given of a migration. */
export interface CheckedMigration {
  readonly name: string;
  /** SHA-256 of the file, in hex. */
  readonly checksum: string;
  readonly drops: readonly DroppedObject[];
}

/** What differs from one engine to another; allowances and messages do not. */
export interface Dialect<F extends StatementFacts, M extends CheckedMigration> {
  /** `PostgreSQL`, for messages. */
  readonly label: string;
  /** What each file does, in order. */
  check(files: readonly MigrationFile[]): CheckedFile<F>[];
  /** What is wrong with the statements of a file taken together. */
  problemsOf(file: MigrationFile, statements: readonly CheckedStatement<F>[]): MigrationProblem[];
  /** What the function runs. */
  migrationOf(common: CheckedMigration, file: MigrationFile, statements: readonly CheckedStatement<F>[]): M;
  /** Whether it is applied in one transaction. */
  isOneTransaction(migration: M): boolean;
}
