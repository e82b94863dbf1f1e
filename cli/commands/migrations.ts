import { type MigratedDatabase, readMigrations } from "../../modules/schema-migration";
import type { Outcome } from "../document";
import { migrationsDocument } from "../documents/migrations";
import project from "../project";

/**
 * The migrations of an environment's databases, and what in them locks or drops what is in use. Reads files only: no database is asked.
 * @returns exit code 1 if something is refused
 */
export function migrations(name: string): Outcome {
  const { databases = [] } = project.find(name).stated as { readonly databases?: readonly MigratedDatabase[] };
  const found = databases.flatMap((database) => {
    if (!database.migrations) return [];
    const { folder } = database.migrations;
    const { migrations: all, allowed, problems } = readMigrations(folder, { engine: database.cluster?.engine });
    return [
      {
        name: database.name,
        folder,
        migrations: all.map(({ name: migration, checksum, transaction, drops }) => ({
          name: migration,
          checksum,
          transaction,
          drops: drops.map((drop) => drop.name),
        })),
        allowed: [...allowed],
        problems: problems.map(({ line = null, statement = null, ...problem }) => ({ ...problem, line, statement })),
      },
    ];
  });
  const refused = found.reduce((sum, { problems }) => sum + problems.length, 0);
  return migrationsDocument.outcome({ environment: name, refused, databases: found }, refused > 0 ? 1 : 0);
}
