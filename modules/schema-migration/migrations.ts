import { type AllowedFinding, type CheckedMigration, lintMigrations } from "./lint/lint-migrations";
import { type MigrationProblem, migrationsChecksum, readMigrationFiles } from "./migration-files";

/** The migrations of a folder, checked. */
export interface Migrations {
  readonly migrations: readonly CheckedMigration[];
  /** What is wrong with them; nothing is deployed while there is something. */
  readonly problems: readonly MigrationProblem[];
  readonly allowed: readonly AllowedFinding[];
  /** SHA-256 of all of them, in hex. */
  readonly checksum: string;
}

/** Reads, orders and checks the migrations of a folder. @param projectRoot that `folder` is relative to; the current folder if left out */
export function readMigrations(folder: string, projectRoot?: string): Migrations {
  const { files, problems } = readMigrationFiles(folder, projectRoot);
  const linted = files.length > 0 ? lintMigrations(files) : { migrations: [], problems: [], allowed: [] };
  return { ...linted, problems: [...problems, ...linted.problems], checksum: migrationsChecksum(files) };
}

/** Where a problem is, and what to do about it, in one line. */
export function showProblem({ file, line, statement, problem, remedy, rule }: MigrationProblem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return `${where}: ${statement ? `${statement}: ` : ""}${problem} [${rule}]; ${remedy}`;
}
