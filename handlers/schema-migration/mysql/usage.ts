import type { Migration } from "../migration.js";
import { MigrationError } from "../migration-error.js";
import { requireFree, type Use } from "../unused.js";
import { partsOf } from "./names.js";
import type { Session } from "./session.js";

/** Databases that are not the project's. */
const toolsOwn = "'mysql', 'sys', 'performance_schema', 'information_schema', 'schema_migration'";

/**
 * How often each table and index was touched since the writer was started, as its performance schema counts it. Readers count for
 * themselves, and columns are not counted at all. What nobody has opened since then has no count, and is counted as 0.
 * @see https://dev.mysql.com/doc/refman/8.0/en/performance-schema-table-wait-summary-tables.html
 */
const counted = `
  SELECT CONCAT_WS('.', there.TABLE_SCHEMA, there.TABLE_NAME) AS object, COALESCE(COUNT_STAR, 0) AS touched
    FROM information_schema.TABLES AS there
    LEFT JOIN performance_schema.table_io_waits_summary_by_table AS waits
      ON OBJECT_TYPE = 'TABLE' AND OBJECT_SCHEMA = there.TABLE_SCHEMA AND OBJECT_NAME = there.TABLE_NAME
   WHERE there.TABLE_TYPE = 'BASE TABLE' AND there.TABLE_SCHEMA NOT IN (${toolsOwn})
  UNION ALL
  SELECT CONCAT_WS('.', there.TABLE_SCHEMA, there.TABLE_NAME, there.INDEX_NAME), COALESCE(MAX(COUNT_STAR), 0)
    FROM information_schema.STATISTICS AS there
    LEFT JOIN performance_schema.table_io_waits_summary_by_index_usage AS waits
      ON OBJECT_TYPE = 'TABLE' AND OBJECT_SCHEMA = there.TABLE_SCHEMA AND OBJECT_NAME = there.TABLE_NAME
         AND waits.INDEX_NAME = there.INDEX_NAME
   WHERE there.TABLE_SCHEMA NOT IN (${toolsOwn})
   GROUP BY there.TABLE_SCHEMA, there.TABLE_NAME, there.INDEX_NAME`;

/** The counter that all of these come from. */
const instrument = "wait/io/table/sql/handler";

async function isCounting(session: Session): Promise<boolean> {
  const [state] = await session.query("SELECT @@GLOBAL.performance_schema AS counts");
  if (!Number(state?.counts)) return false;
  const [found] = await session.query(
    "SELECT ENABLED AS enabled FROM performance_schema.setup_instruments WHERE NAME = ?",
    [instrument],
  );
  return found?.enabled === "YES";
}

/** Remembers the counts, and since when each has not changed. What is not counted is not touched. */
export async function recordUsage(session: Session): Promise<void> {
  if (!(await isCounting(session))) {
    // What was known is worth nothing, once something may have gone unseen.
    await session.query("DELETE FROM schema_migration.uses");
    return;
  }
  await session.query(`
    INSERT INTO schema_migration.uses (object, touched, unchanged_since)
    SELECT object, touched, UTC_TIMESTAMP(3) FROM (${counted}) AS counts
    ON DUPLICATE KEY UPDATE
      unchanged_since = IF(uses.touched = VALUES(touched), unchanged_since, VALUES(unchanged_since)),
      touched = VALUES(touched)`);
  await session.query(`
    DELETE FROM schema_migration.uses
     WHERE object NOT IN (SELECT object FROM (${counted}) AS counts)`);
}

/** Refuses to drop what was touched lately, or what nobody counts. @throws MigrationError */
export async function requireUnused(
  session: Session,
  migrations: readonly Migration[],
  unusedHours: number,
): Promise<void> {
  const dropping = migrations.find(({ drops }) => drops.length > 0);
  if (unusedHours === 0 || !dropping) return;
  if (!(await isCounting(session))) {
    throw new MigrationError(
      `${dropping.name} drops ${dropping.drops.map(({ name }) => name).join(", ")}, and this server does not count use: its performance schema is off, or ${instrument} is`,
      "switch on performanceInsights, or the cluster parameter performance_schema, and restart the writer; or set unusedHours to 0, which drops without asking",
    );
  }
  for (const migration of migrations) {
    for (const { kind, name } of migration.drops) {
      const parts = partsOf(name, session.database, kind === "table" ? 2 : 3);
      const use = await useOf(session, parts, unusedHours);
      if (use) requireFree(migration.name, `${kind} ${name}`, use, unusedHours);
    }
  }
}

/** Undefined for what is not there. */
async function useOf(
  session: Session,
  [schema, table, index]: readonly string[],
  hours: number,
): Promise<Use | undefined> {
  const object = [schema, table, ...(index === undefined ? [] : [index])].join(".");
  const [counts] = await session.query(
    `SELECT CAST(touched AS CHAR) AS touched FROM (${counted}) AS counts WHERE object = ?`,
    [object],
  );
  if (!counts) return undefined;
  const [known] = await session.query(
    `SELECT CAST(touched AS CHAR) AS known, unchanged_since AS since,
            unchanged_since + INTERVAL ? HOUR AS free_at,
            unchanged_since + INTERVAL ? HOUR <= UTC_TIMESTAMP(3) AS free
       FROM schema_migration.uses WHERE object = ?`,
    [hours, hours, object],
  );
  return {
    touched: counts.touched,
    known: known?.known ?? null,
    since: known?.since ?? null,
    free_at: known?.free_at ?? null,
    free: known ? Boolean(Number(known.free)) : null,
  };
}
