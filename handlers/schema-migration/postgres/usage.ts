import type { Migration } from "../migration.js";
import { requireFree, type Use } from "../unused.js";
import type { Session } from "./session.js";

/**
 * How often each table and index was touched, by the statistics of the writer: scans, and rows that were written. Readers count for
 * themselves, and columns are not counted at all.
 * @see https://www.postgresql.org/docs/current/monitoring-stats.html
 */
const counted = `
  SELECT relid, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) + n_tup_ins + n_tup_upd + n_tup_del AS touched
    FROM pg_catalog.pg_stat_user_tables WHERE schemaname <> 'schema_migration'
  UNION ALL
  SELECT indexrelid, idx_scan FROM pg_catalog.pg_stat_user_indexes WHERE schemaname <> 'schema_migration'`;

/** Remembers the counts, and since when each has not changed. */
export async function recordUsage(session: Session): Promise<void> {
  // What this session itself has touched is in the statistics only once it has been flushed (PostgreSQL 15 and later).
  await session.query("SELECT pg_stat_force_next_flush()").catch(() => undefined);
  await session.query("SELECT pg_stat_clear_snapshot()");
  await session.query(`
    INSERT INTO schema_migration.usage AS known (relid, touched, unchanged_since)
    SELECT relid, touched, now() FROM (${counted}) AS counts
    ON CONFLICT (relid) DO UPDATE
      SET touched = excluded.touched,
          unchanged_since = CASE WHEN known.touched = excluded.touched THEN known.unchanged_since ELSE now() END`);
  await session.query(
    `DELETE FROM schema_migration.usage WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = relid)`,
  );
}

/** Refuses to drop what was touched lately. @throws MigrationError */
export async function requireUnused(
  session: Session,
  migrations: readonly Migration[],
  unusedHours: number,
): Promise<void> {
  if (unusedHours === 0) return;
  for (const migration of migrations) {
    for (const { kind, name } of migration.drops) {
      const { rows } = await session.query<Use>(
        `SELECT counts.touched, usage.touched AS known, usage.unchanged_since AS since,
                usage.unchanged_since + make_interval(hours => $2) AS free_at,
                usage.unchanged_since + make_interval(hours => $2) <= now() AS free
           FROM (SELECT to_regclass($1)::oid AS relid) AS relation
           LEFT JOIN (${counted}) AS counts USING (relid)
           LEFT JOIN schema_migration.usage USING (relid)
          WHERE relation.relid IS NOT NULL`,
        [name, unusedHours],
      );
      const [use] = rows;
      if (use) requireFree(migration.name, `${kind} ${name}`, use, unusedHours);
    }
  }
}
