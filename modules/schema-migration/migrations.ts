import type { CheckedMigration, Dialect, StatementFacts } from "./lint/dialect";
import { type AllowedFinding, type LintResult, lintMigrations } from "./lint/lint-migrations";
import { mysqlDialect } from "./lint/mysql/dialect";
import { postgresDialect } from "./lint/postgres/dialect";
import { type MigrationFile, type MigrationProblem, migrationsChecksum, readMigrationFiles } from "./migration-files";

/** Engines that have migrations. */
export type MigrationEngine = "aurora-postgresql" | "aurora-mysql";

/** A migration, checked. */
export interface ReadMigration {
  /** `0001_entries`. */
  readonly name: string;
  /** SHA-256 of its text, in hex. */
  readonly checksum: string;
  /** Whether it is applied in one transaction. */
  readonly transaction: boolean;
  /** Tables and indexes that it drops. */
  readonly drops: CheckedMigration["drops"];
}

/** The migrations of a folder, checked. */
export interface Migrations {
  readonly migrations: readonly ReadMigration[];
  /** The same as the function of their engine runs them. */
  readonly bundled: readonly CheckedMigration[];
  /** What is wrong with them; nothing is deployed while there is something. */
  readonly problems: readonly MigrationProblem[];
  readonly allowed: readonly AllowedFinding[];
  /** SHA-256 of all of them, in hex. */
  readonly checksum: string;
}

/** How migrations are read. */
export interface ReadMigrationsOptions {
  /** That they are for; PostgreSQL if left out. */
  readonly engine?: MigrationEngine;
  /** Folder that theirs is relative to; the current one if left out. */
  readonly projectRoot?: string;
}

/** Reads, orders and checks the migrations of a folder. */
export function readMigrations(folder: string, { engine, projectRoot }: ReadMigrationsOptions = {}): Migrations {
  const { files, problems } = readMigrationFiles(folder, projectRoot);
  const linted = engine === "aurora-mysql" ? lint(files, mysqlDialect) : lint(files, postgresDialect);
  return { ...linted, problems: [...problems, ...linted.problems], checksum: migrationsChecksum(files) };
}

function lint<F extends StatementFacts, M extends CheckedMigration>(
  files: readonly MigrationFile[],
  dialect: Dialect<F, M>,
): Omit<Migrations, "checksum"> {
  const none: LintResult<M> = { migrations: [], problems: [], allowed: [] };
  const { migrations, ...linted } = files.length > 0 ? lintMigrations(files, dialect) : none;
  return {
    ...linted,
    bundled: migrations,
    migrations: migrations.map((migration) => ({
      name: migration.name,
      checksum: migration.checksum,
      transaction: dialect.isOneTransaction(migration),
      drops: migration.drops,
    })),
  };
}

/** A database, as far as migrations are concerned. */
export interface MigratedDatabase {
  readonly name: string;
  readonly cluster?: { readonly engine?: MigrationEngine };
  readonly migrations?: { readonly folder: string };
}

/** How far the migrations of a database go; what it has of them only the database knows. */
export interface MigrationCount {
  readonly database: string;
  readonly folder: string;
  readonly count: number;
  /** Name of the last one; null where there is none. */
  readonly last: string | null;
}

/** How far the migrations of each database go that has some. */
export function migrationCounts(databases: readonly MigratedDatabase[] = []): MigrationCount[] {
  return databases.flatMap(({ name, cluster, migrations }) => {
    if (!migrations) return [];
    const { folder } = migrations;
    const found = readMigrations(folder, { engine: cluster?.engine }).migrations;
    return [{ database: name, folder, count: found.length, last: found.at(-1)?.name ?? null }];
  });
}

/** Where a problem is, and what to do about it, in one line. */
export function showProblem({ file, line, statement, problem, remedy, rule }: MigrationProblem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return `${where}: ${statement ? `${statement}: ` : ""}${problem} [${rule}]; ${remedy}`;
}
