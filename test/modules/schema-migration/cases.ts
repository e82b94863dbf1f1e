/** What a statement does to the table t.items, which is in use. */
export interface LockCase {
  readonly rule: string;
  readonly object: string;
  readonly refused: string;
  /** The lock that it takes on the table, as pg_locks has it. */
  readonly lock: string;
  /** What it does while it holds the lock; `name` is what it takes away. */
  readonly work: "rewrites" | "reads" | "builds" | "removes";
  /** Files that come to the same in steps; undefined where nothing does. */
  readonly instead?: readonly string[];
}

const exclusive = "AccessExclusiveLock";

/** Refused statements, each with the lock that it takes, and what is accepted in its place. */
export const lockCases: readonly LockCase[] = [
  {
    rule: "index",
    object: "items_size",
    refused: "CREATE INDEX items_size ON t.items (size)",
    lock: "ShareLock",
    work: "builds",
    instead: ["CREATE INDEX CONCURRENTLY items_size ON t.items (size)"],
  },
  {
    rule: "rewrite",
    object: "t.items.size",
    refused: "ALTER TABLE t.items ALTER COLUMN size TYPE bigint",
    lock: exclusive,
    work: "rewrites",
    instead: ["ALTER TABLE t.items ADD COLUMN size_big bigint"],
  },
  {
    rule: "rewrite",
    object: "t.items.token",
    refused: "ALTER TABLE t.items ADD COLUMN token uuid DEFAULT gen_random_uuid()",
    lock: exclusive,
    work: "rewrites",
    instead: [
      "ALTER TABLE t.items ADD COLUMN token uuid; ALTER TABLE t.items ALTER COLUMN token SET DEFAULT gen_random_uuid()",
    ],
  },
  {
    rule: "rewrite",
    object: "t.items.seen",
    refused: "ALTER TABLE t.items ADD COLUMN seen timestamptz NOT NULL DEFAULT clock_timestamp()",
    lock: exclusive,
    work: "rewrites",
    instead: ["ALTER TABLE t.items ADD COLUMN seen timestamptz NOT NULL DEFAULT now()"],
  },
  {
    rule: "rewrite",
    object: "t.items.number",
    refused: "ALTER TABLE t.items ADD COLUMN number bigserial",
    lock: exclusive,
    work: "rewrites",
    instead: ["ALTER TABLE t.items ADD COLUMN number bigint"],
  },
  {
    rule: "rewrite",
    object: "t.items.twice",
    refused: "ALTER TABLE t.items ADD COLUMN twice int GENERATED ALWAYS AS (size * 2) STORED",
    lock: exclusive,
    work: "rewrites",
    instead: ["ALTER TABLE t.items ADD COLUMN twice int"],
  },
  {
    rule: "not-null",
    object: "t.items.size",
    refused: "ALTER TABLE t.items ALTER COLUMN size SET NOT NULL",
    lock: exclusive,
    work: "reads",
    instead: [
      "ALTER TABLE t.items ADD CONSTRAINT size_is_set CHECK (size IS NOT NULL) NOT VALID",
      "ALTER TABLE t.items VALIDATE CONSTRAINT size_is_set",
      "ALTER TABLE t.items ALTER COLUMN size SET NOT NULL; ALTER TABLE t.items DROP CONSTRAINT size_is_set",
    ],
  },
  {
    rule: "constraint",
    object: "t.items.positive",
    refused: "ALTER TABLE t.items ADD CONSTRAINT positive CHECK (size > 0)",
    lock: exclusive,
    work: "reads",
    instead: [
      "ALTER TABLE t.items ADD CONSTRAINT positive CHECK (size > 0) NOT VALID",
      "ALTER TABLE t.items VALIDATE CONSTRAINT positive",
    ],
  },
  {
    rule: "constraint",
    object: "t.items.of_owner",
    refused: "ALTER TABLE t.items ADD CONSTRAINT of_owner FOREIGN KEY (owner) REFERENCES t.owners",
    lock: "ShareRowExclusiveLock",
    work: "reads",
    instead: [
      "ALTER TABLE t.items ADD CONSTRAINT of_owner FOREIGN KEY (owner) REFERENCES t.owners NOT VALID",
      "ALTER TABLE t.items VALIDATE CONSTRAINT of_owner",
    ],
  },
  {
    rule: "constraint",
    object: "t.items.weight",
    refused: "ALTER TABLE t.items ADD COLUMN weight int CHECK (weight > 0)",
    lock: exclusive,
    work: "reads",
    instead: [
      "ALTER TABLE t.items ADD COLUMN weight int; ALTER TABLE t.items ADD CONSTRAINT weighs CHECK (weight > 0) NOT VALID",
      "ALTER TABLE t.items VALIDATE CONSTRAINT weighs",
    ],
  },
  {
    rule: "index",
    object: "t.items.one_name",
    refused: "ALTER TABLE t.items ADD CONSTRAINT one_name UNIQUE (name)",
    lock: exclusive,
    work: "builds",
    instead: [
      "CREATE UNIQUE INDEX CONCURRENTLY one_name ON t.items (name)",
      "ALTER TABLE t.items ADD CONSTRAINT one_name UNIQUE USING INDEX one_name",
    ],
  },
  {
    rule: "index",
    object: "t.items.code",
    refused: "ALTER TABLE t.items ADD COLUMN code text UNIQUE",
    lock: exclusive,
    work: "builds",
    instead: [
      "ALTER TABLE t.items ADD COLUMN code text",
      "CREATE UNIQUE INDEX CONCURRENTLY one_code ON t.items (code)",
    ],
  },
  {
    rule: "constraint",
    object: "t.items.apart",
    refused: "ALTER TABLE t.items ADD CONSTRAINT apart EXCLUDE USING btree (id WITH =)",
    lock: exclusive,
    work: "builds",
  },
  {
    rule: "rewrite",
    object: "t.items",
    refused: "ALTER TABLE t.items SET UNLOGGED",
    lock: exclusive,
    work: "rewrites",
  },
  {
    rule: "rewrite",
    object: "ClusterStmt",
    refused: "CLUSTER t.items USING items_pkey",
    lock: exclusive,
    work: "rewrites",
  },
  {
    rule: "index",
    object: "t.items",
    refused: "REINDEX TABLE t.items",
    lock: "ShareLock",
    work: "builds",
    instead: ["REINDEX TABLE CONCURRENTLY t.items"],
  },
  {
    rule: "partition",
    object: "t.parts",
    refused: "ALTER TABLE t.parts DETACH PARTITION t.parts_1",
    lock: exclusive,
    work: "removes",
    instead: ["ALTER TABLE t.parts DETACH PARTITION t.parts_1 CONCURRENTLY"],
  },
  {
    rule: "partition",
    object: "t.parts_2",
    refused: "CREATE TABLE t.parts_2 PARTITION OF t.parts FOR VALUES FROM (100) TO (200)",
    lock: exclusive,
    work: "removes",
    instead: [
      "CREATE TABLE t.parts_2 (id int NOT NULL); ALTER TABLE t.parts ATTACH PARTITION t.parts_2 FOR VALUES FROM (100) TO (200)",
    ],
  },
  {
    rule: "drop",
    object: "t.items",
    refused: "DROP TABLE t.items",
    lock: exclusive,
    work: "removes",
  },
  {
    rule: "drop",
    object: "t.items.name",
    refused: "ALTER TABLE t.items DROP COLUMN name",
    lock: exclusive,
    work: "removes",
  },
  {
    rule: "drop",
    object: "t.items",
    refused: "TRUNCATE t.items",
    lock: exclusive,
    work: "removes",
  },
  {
    rule: "rename",
    object: "t.items",
    refused: "ALTER TABLE t.items RENAME TO things",
    lock: exclusive,
    work: "removes",
  },
  {
    rule: "rename",
    object: "t.items.name",
    refused: "ALTER TABLE t.items RENAME COLUMN name TO title",
    lock: exclusive,
    work: "removes",
  },
  {
    rule: "rename",
    object: "t.items",
    refused: "ALTER TABLE t.items SET SCHEMA public",
    lock: exclusive,
    work: "removes",
  },
];

/** What the cases are about. */
export const inUse = `
  CREATE SCHEMA t;
  CREATE TABLE t.owners (id int PRIMARY KEY);
  INSERT INTO t.owners SELECT generate_series(1, 10);
  CREATE TABLE t.items (id int PRIMARY KEY, size int, name text, owner int);
  INSERT INTO t.items SELECT n, n, 'item ' || n, 1 + n % 10 FROM generate_series(1, 1000) AS n;
  CREATE TABLE t.parts (id int NOT NULL) PARTITION BY RANGE (id);
  CREATE TABLE t.parts_1 PARTITION OF t.parts FOR VALUES FROM (0) TO (100);
`;
