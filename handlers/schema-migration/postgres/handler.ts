import { migrationHandler } from "../migration-handler.js";
import { postgresEngine } from "./engine.js";
import type { PostgresMigration } from "./migration.js";

/** The migrations of the database, which the bundler puts in. */
declare const MIGRATIONS: readonly PostgresMigration[] | undefined;

/** Applies the migrations in its bundle to one database; see the README for what it needs. */
export const handler = migrationHandler(postgresEngine, 5432, typeof MIGRATIONS === "undefined" ? [] : MIGRATIONS);
