import { migrationHandler } from "../migration-handler.js";
import { mysqlEngine } from "./engine.js";
import type { MysqlMigration } from "./migration.js";

/** The migrations of the database, which the bundler puts in. */
declare const MIGRATIONS: readonly MysqlMigration[] | undefined;

/** Applies the migrations in its bundle to one database; see the README for what it needs. */
export const handler = migrationHandler(mysqlEngine, 3306, typeof MIGRATIONS === "undefined" ? [] : MIGRATIONS);
