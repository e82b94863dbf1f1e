import type { UserLogin } from "../../runtime/postgres/rotating-user.js";
import type { Limits, Migration } from "./migration.js";

/** One open connection, whose settings and locks last as long as it does. */
export interface OpenSession {
  end(): Promise<void>;
}

/** What has to be there before the first migration, which only the master user can make. */
export interface Preparation {
  readonly database: string;
  /** The user that runs migrations. */
  readonly user: string;
  /** Users of services; each gets the role `<user>_role`, which grants are given to. */
  readonly serviceUsers: readonly string[];
  /** Schemas from before there were migrations. */
  readonly adoptedSchemas: readonly string[];
  readonly lockTimeoutMs: number;
}

/** A migration that the database has. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
  /** Whether it was applied to its end. */
  readonly done: boolean;
}

/** One attempt to apply a migration. */
export interface Attempt {
  readonly limits: Limits;
  /** Milliseconds that the next statement may run. @throws MigrationError if there are none left */
  readonly statementTime: () => number;
  /** When the first attempt began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** What differs from one database engine to another; order, checksums and attempts do not. */
export interface Engine<S extends OpenSession, M extends Migration> {
  /** Opens a connection with a login; rejects if the database refuses it. */
  readonly connect: (login: UserLogin) => Promise<S>;
  /** Codes of refused logins: a user that was made a moment ago is not known everywhere yet. */
  readonly refusedLogins: ReadonlySet<string>;
  /** Codes of locks that are not available, or deadlocked with traffic: whoever waits behind is let through, and it is tried again. */
  readonly lockProblems: ReadonlySet<string>;
  /** Where to look for another run of migrations, and for transactions that run long. */
  readonly sessions: string;
  /** What the database said, without values of rows. @param migration that the error is about */
  describe(error: unknown, migration?: M): string;
  /** Whether this server only reads. */
  readsOnly(session: S): Promise<boolean>;
  /** Makes, as the master user, what a {@link Preparation} names. Running it again changes nothing; no other runner runs meanwhile. @throws MigrationError */
  prepare(session: S, preparation: Preparation): Promise<void>;
  /** Takes the lock of all runners, without waiting in the server. */
  tryLock(session: S): Promise<boolean>;
  unlock(session: S): Promise<void>;
  /** Makes the tables of the records where they are missing, and reads what was applied, in order. */
  applied(session: S): Promise<readonly AppliedMigration[]>;
  /** Refuses to drop what was touched lately. @throws MigrationError */
  requireUnused(session: S, migrations: readonly M[], unusedHours: number): Promise<void>;
  /** Remembers how often everything was touched, and since when that has not changed. */
  recordUsage(session: S): Promise<void>;
  /** Applies a migration and records it, so that it holds once however often it is asked for, and wherever it was cut off before. */
  apply(session: S, migration: M, attempt: Attempt): Promise<void>;
  /** What is left of a migration that has failed: `and was taken back`. */
  leftBy(migration: M, error: unknown): string;
}
