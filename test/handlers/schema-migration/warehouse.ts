import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { type MigrateOptions, migrateDatabase } from "../../../handlers/schema-migration/migrate-database";
import type { Limits, Outcome } from "../../../handlers/schema-migration/migration";
import { mysqlEngine } from "../../../handlers/schema-migration/mysql/engine";
import type { MysqlMigration, MysqlStatement } from "../../../handlers/schema-migration/mysql/migration";
import type { Session } from "../../../handlers/schema-migration/mysql/session";
import { type MysqlServer, startMysql } from "../../runtime/mysql/mysql-server";
import { type Certificates, makeCertificates } from "../../runtime/postgres/certificates";

export const password = "correct-horse-7391";

/** A statement that changes one table, unless something else is said. */
export const statement = (sql: string, more: Partial<MysqlStatement> = {}): MysqlStatement => ({
  sql,
  kind: "definition",
  objects: [{ kind: "table", name: "items" }],
  ...more,
});

export const change = (sql: string): MysqlStatement => statement(sql, { kind: "data", objects: [] });

export const migration = (
  name: string,
  statements: readonly MysqlStatement[],
  more: Partial<MysqlMigration> = {},
): MysqlMigration => ({
  name,
  checksum: createHash("sha256").update(JSON.stringify(statements)).digest("hex"),
  drops: [],
  statements,
  ...more,
});

export const patient: Limits = { lockTimeoutMs: 1_000, lockAttempts: 30, statementTimeoutMs: 60_000, unusedHours: 24 };

export const items = migration("0001_items", [statement("CREATE TABLE items (id int PRIMARY KEY, size int)")]);
export const name = migration("0002_name", [statement("ALTER TABLE items ADD COLUMN name text, ALGORITHM=INSTANT")]);

/** A real MySQL or MariaDB with the master user of Amazon RDS, and a database `warehouse`. */
export class Warehouse {
  /** Connected as `root`, in the database. */
  owner!: Connection;
  reports: string[] = [];

  private constructor(
    readonly server: MysqlServer,
    readonly certificates: Certificates,
  ) {}

  static async start(): Promise<Warehouse> {
    const certificates = makeCertificates("localhost");
    const server = await startMysql(certificates, { "performance-schema": "ON" });
    const rights = server.isMariaDb
      ? "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER"
      : "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER, CREATE ROLE, DROP ROLE, ROLE_ADMIN";
    await server.run(
      `CREATE USER master@'%' IDENTIFIED BY '${password}'`,
      `GRANT ${rights} ON *.* TO master@'%' WITH GRANT OPTION`,
      // Made by the first run; its password stands in for a token of IAM.
      `CREATE USER schema_migration@'%' IDENTIFIED BY '${password}' REQUIRE SSL`,
    );
    return new Warehouse(server, certificates);
  }

  /** A new database. */
  async begin(): Promise<void> {
    this.reports = [];
    await this.server.run(
      "DROP DATABASE IF EXISTS warehouse",
      "DROP DATABASE IF EXISTS schema_migration",
      "CREATE DATABASE warehouse",
    );
    this.owner = await this.client();
  }

  async client(): Promise<Connection> {
    const client = await createConnection({
      socketPath: join(this.server.folder, "data", "server.sock"),
      user: "root",
      database: "warehouse",
      timezone: "Z",
    });
    client.on("error", () => undefined);
    return client;
  }

  engine() {
    const { server, certificates } = this;
    return mysqlEngine({ host: "localhost", port: server.port, database: "warehouse", ca: certificates.ca });
  }

  /** Runs migrations as the function does. */
  migrate(
    migrations: readonly MysqlMigration[],
    more: Partial<MigrateOptions<Session, MysqlMigration>> = {},
  ): Promise<Outcome> {
    return migrateDatabase({
      engine: this.engine(),
      administrator: async () => ({ username: "master", password }),
      migrator: async () => ({ username: "schema_migration", password }),
      preparation: this.preparation,
      migrations,
      limits: patient,
      deadlineAt: Date.now() + 60_000,
      report: (message, about) => this.reports.push(`${message} ${about.migration}`),
      ...more,
    });
  }

  readonly preparation = {
    database: "warehouse",
    user: "schema_migration",
    serviceUsers: ["warehouse_service"],
    adoptedSchemas: [],
    lockTimeoutMs: 1_000,
  };

  async rows<R extends object>(sql: string): Promise<R[]> {
    return (await this.owner.query<RowDataPacket[]>(sql))[0] as R[];
  }

  async applied(): Promise<{ name: string; done: boolean }[]> {
    const rows = await this.rows<{ name: string; done: number }>(
      "SELECT name, applied_at IS NOT NULL AS done FROM schema_migration.applied ORDER BY name",
    );
    return rows.map((row) => ({ name: row.name, done: Boolean(row.done) }));
  }

  async columns(): Promise<string[]> {
    const rows = await this.rows<{ name: string }>(
      "SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'warehouse' AND TABLE_NAME = 'items' ORDER BY ORDINAL_POSITION",
    );
    return rows.map((row) => row.name);
  }

  /** Waits until the runner is in a statement; its connection's number. */
  async inStatement(pattern: string): Promise<number> {
    for (;;) {
      const [found] = await this.rows<{ id: number }>(
        `SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'schema_migration' AND INFO LIKE '${pattern}'`,
      );
      if (found) return found.id;
      await delay(10);
    }
  }
}
