/** What a statement does to the table items, which is in use. */
export interface OnlineCase {
  readonly rule: string;
  readonly object: string;
  readonly refused: string;
  /** Operations that the server refuses to do online, as it is asked to with ALGORITHM=INPLACE, LOCK=NONE. */
  readonly blocks?: true;
  /** Files that come to the same in steps; undefined where nothing does. */
  readonly instead?: readonly string[];
  /** Not in MariaDB's language, or done in another way there. */
  readonly mysqlOnly?: true;
}

/** The table, and one that it refers to. */
export const inUse = [
  "CREATE TABLE parts (id int PRIMARY KEY)",
  `CREATE TABLE items (
     id int PRIMARY KEY, size int, title varchar(50), part int, needed int NOT NULL, total int GENERATED ALWAYS AS (size) VIRTUAL,
     INDEX by_part (part), CONSTRAINT small CHECK (size < 1000)) CHARACTER SET utf8mb4`,
] as const;

const instant = "ALGORITHM=INSTANT";
const inplace = "ALGORITHM=INPLACE, LOCK=NONE";

/** Refused statements, and what is accepted in their place. */
export const onlineCases: readonly OnlineCase[] = [
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items ADD COLUMN note text",
    instead: [`ALTER TABLE items ADD COLUMN note text, ${instant}`],
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items ADD COLUMN note text, ALGORITHM=INPLACE",
    instead: [`ALTER TABLE items ADD COLUMN note int NOT NULL DEFAULT 3, ${inplace}`],
  },
  { rule: "online", object: "items", refused: "ALTER TABLE items ADD COLUMN note text, ALGORITHM=COPY" },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items ADD COLUMN note text, ALGORITHM=INPLACE, LOCK=SHARED",
  },
  { rule: "online", object: "items", refused: `ALTER TABLE items ADD COLUMN note text, ${instant}, LOCK=NONE` },
  {
    rule: "online",
    object: "items",
    refused: `ALTER TABLE items ADD INDEX by_size (size), ${instant}`,
    instead: [`ALTER TABLE items ADD INDEX by_size (size), ADD UNIQUE one (id, size), ${inplace}`],
  },
  {
    rule: "online",
    object: "items.by_size",
    refused: "CREATE INDEX by_size ON items (size)",
    instead: ["CREATE INDEX by_size ON items (size) ALGORITHM=INPLACE LOCK=NONE"],
  },
  {
    rule: "online",
    object: "items.by_size",
    refused: "CREATE UNIQUE INDEX by_size ON items (size) LOCK=NONE",
    instead: ["CREATE UNIQUE INDEX by_size ON items (size) ALGORITHM=INPLACE LOCK=NONE"],
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items MODIFY size bigint",
    instead: [`ALTER TABLE items MODIFY title varchar(60), ${inplace}`],
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items ALTER COLUMN size SET DEFAULT 3",
    instead: [`ALTER TABLE items ALTER COLUMN size SET DEFAULT 3, ${instant}`],
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items DROP CONSTRAINT small",
    instead: [`ALTER TABLE items DROP CONSTRAINT small, ${instant}`],
  },
  {
    rule: "online",
    object: "items",
    refused: `ALTER TABLE items RENAME INDEX by_part TO of_part, ${instant}`,
    instead: [`ALTER TABLE items RENAME INDEX by_part TO of_part, ${inplace}`],
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items ALTER INDEX by_part INVISIBLE",
    instead: [`ALTER TABLE items ALTER INDEX by_part INVISIBLE, ${inplace}`],
    mysqlOnly: true,
  },
  {
    rule: "online",
    object: "items",
    refused: "ALTER TABLE items DROP PRIMARY KEY, ADD PRIMARY KEY (needed)",
    instead: [`ALTER TABLE items DROP PRIMARY KEY, ADD PRIMARY KEY (needed), ${inplace}`],
  },
  {
    rule: "rewrite",
    object: "items",
    refused: "ALTER TABLE items DROP PRIMARY KEY",
    blocks: true,
  },
  {
    rule: "rewrite",
    object: "items.number",
    refused: "ALTER TABLE items ADD COLUMN number int AUTO_INCREMENT UNIQUE",
    blocks: true,
  },
  {
    rule: "rewrite",
    object: "items.twice",
    refused: "ALTER TABLE items ADD COLUMN twice int GENERATED ALWAYS AS (size * 2) STORED",
    blocks: true,
    instead: [`ALTER TABLE items ADD COLUMN twice int GENERATED ALWAYS AS (size * 2) VIRTUAL, ${instant}`],
  },
  {
    rule: "rewrite",
    object: "items.twice",
    refused: "ALTER TABLE items ADD COLUMN twice int DEFAULT (size * 2)",
    blocks: true,
    mysqlOnly: true,
  },
  {
    rule: "rewrite",
    object: "items",
    refused: "ALTER TABLE items CONVERT TO CHARACTER SET latin1",
    blocks: true,
  },
  {
    rule: "not-null",
    object: "items.note",
    refused: `ALTER TABLE items ADD COLUMN note int NOT NULL, ${instant}`,
    instead: [`ALTER TABLE items ADD COLUMN note int NOT NULL DEFAULT 0, ${instant}`],
  },
  {
    rule: "constraint",
    object: "items.positive",
    refused: "ALTER TABLE items ADD CONSTRAINT positive CHECK (size > 0)",
    blocks: true,
    instead: [`ALTER TABLE items ADD CONSTRAINT positive CHECK (size > 0) NOT ENFORCED, ${instant}`],
    mysqlOnly: true,
  },
  {
    rule: "constraint",
    object: "items.note",
    refused: "ALTER TABLE items ADD COLUMN note int CHECK (note > 0)",
    blocks: true,
    mysqlOnly: true,
  },
  {
    rule: "constraint",
    object: "items.of_part",
    refused: "ALTER TABLE items ADD CONSTRAINT of_part FOREIGN KEY (part) REFERENCES parts (id)",
    blocks: true,
  },
  {
    rule: "constraint",
    object: "items.part_2",
    refused: "ALTER TABLE items ADD COLUMN part_2 int REFERENCES parts (id)",
    blocks: true,
  },
  {
    rule: "index",
    object: "items.words",
    refused: "ALTER TABLE items ADD FULLTEXT INDEX words (title)",
    blocks: true,
  },
  { rule: "index", object: "items.words", refused: "CREATE FULLTEXT INDEX words ON items (title)" },
  { rule: "partition", object: "items", refused: "ALTER TABLE items DROP PARTITION p0" },
  { rule: "drop", object: "items.title", refused: `ALTER TABLE items DROP COLUMN title, ${instant}` },
  { rule: "drop", object: "items.by_part", refused: `ALTER TABLE items DROP INDEX by_part, ${inplace}` },
  { rule: "drop", object: "items.by_part", refused: "DROP INDEX by_part ON items ALGORITHM=INPLACE LOCK=NONE" },
  { rule: "drop", object: "items", refused: "DROP TABLE items" },
  { rule: "drop", object: "sizes", refused: "DROP VIEW sizes" },
  { rule: "drop", object: "counts", refused: "DROP TRIGGER counts" },
  { rule: "drop", object: "items", refused: "TRUNCATE TABLE items" },
  { rule: "rename", object: "items.title", refused: `ALTER TABLE items RENAME COLUMN title TO name, ${instant}` },
  { rule: "rename", object: "items.title", refused: `ALTER TABLE items CHANGE title name varchar(50), ${instant}` },
  { rule: "rename", object: "items", refused: `ALTER TABLE items RENAME TO articles, ${instant}` },
  { rule: "rename", object: "items", refused: "RENAME TABLE items TO articles" },
  { rule: "all-rows", object: "items", refused: "UPDATE items SET size = 1" },
  { rule: "all-rows", object: "items", refused: "DELETE FROM items" },
];

/** Statements that a migration has nothing to do with. */
export const elsewhere: readonly (readonly [sql: string, rule: string])[] = [
  ["START TRANSACTION", "transaction"],
  ["COMMIT", "transaction"],
  ["LOCK TABLES items WRITE", "lock"],
  ["SET SESSION lock_wait_timeout = 1000", "setting"],
  ["USE other", "setting"],
  ["CALL fill()", "opaque"],
  ["LOAD DATA INFILE 'x' INTO TABLE items", "opaque"],
  ["CREATE DATABASE other", "opaque"],
  ["DROP DATABASE other", "drop"],
  ["CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO SELECT 1", "opaque"],
  ["CREATE USER service IDENTIFIED BY 'x'", "role"],
  ["CREATE ROLE reader", "role"],
  ["GRANT reader TO service", "role"],
  ["OPTIMIZE TABLE items", "rewrite"],
  ["KILL 3", "unknown"],
  ["FLUSH TABLES", "unknown"],
];
