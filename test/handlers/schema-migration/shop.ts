import { createHash } from "node:crypto";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Engine } from "../../../handlers/schema-migration/engine";
import { type MigrateOptions, migrateDatabase } from "../../../handlers/schema-migration/migrate-database";
import type { Limits, Outcome } from "../../../handlers/schema-migration/migration";
import { postgresEngine } from "../../../handlers/schema-migration/postgres/engine";
import type { PostgresMigration as Migration } from "../../../handlers/schema-migration/postgres/migration";
import type { Session } from "../../../handlers/schema-migration/postgres/session";
import { type Certificates, makeCertificates } from "../../runtime/postgres/certificates";
import { type PostgresServer, startPostgres } from "../../runtime/postgres/postgres-server";

export const password = "correct-horse-7391";

export const migration = (name: string, sql: string, more: Partial<Migration> = {}): Migration => ({
  name,
  sql,
  checksum: createHash("sha256").update(sql).digest("hex"),
  transaction: true,
  drops: [],
  ...more,
});

export const patient: Limits = { lockTimeoutMs: 200, lockAttempts: 100, statementTimeoutMs: 60_000, unusedHours: 24 };

export const items = migration(
  "0001_items",
  "CREATE SCHEMA shop; CREATE TABLE shop.items (id int PRIMARY KEY, size int)",
);
export const name = migration("0002_name", "ALTER TABLE shop.items ADD COLUMN name text");
export const indexed = migration("0002_size", "CREATE INDEX CONCURRENTLY items_size ON shop.items (size)", {
  transaction: false,
  index: { schema: "shop", name: "items_size" },
});

/** A real PostgreSQL with the users that Amazon RDS has, and a database `shop`. */
export class Shop {
  /** Connected as the superuser. */
  owner!: Client;
  reports: string[] = [];

  private constructor(
    readonly server: PostgresServer,
    readonly certificates: Certificates,
  ) {}

  static async start(): Promise<Shop> {
    const certificates = makeCertificates("localhost");
    const server = await startPostgres(certificates, { fsync: "off" });
    // As on Amazon RDS: the master user is no superuser, and administers rds_iam.
    await server.run("CREATE ROLE rds_iam");
    await server.run(`CREATE ROLE master LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`);
    await server.run("GRANT rds_iam TO master WITH ADMIN OPTION");
    // Made by the first run; its password stands in for a token of IAM.
    await server.run(`SET ROLE master; CREATE ROLE schema_migration LOGIN PASSWORD '${password}'`);
    return new Shop(server, certificates);
  }

  /** A new database. */
  async begin(): Promise<void> {
    this.reports = [];
    await this.server.run("DROP DATABASE IF EXISTS shop WITH (FORCE)");
    await this.server.run("CREATE DATABASE shop OWNER master");
    this.owner = await this.client();
  }

  async client(): Promise<Client> {
    const { folder, port } = this.server;
    const client = new Client({ host: join(folder, "sockets"), port, user: "postgres", database: "shop" });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  /** @param server another one than the shop's, with the same certificates */
  engine({ port }: PostgresServer = this.server): Engine<Session, Migration> {
    return postgresEngine({ host: "localhost", port, database: "shop", ca: this.certificates.ca });
  }

  /** Runs migrations as the function does. */
  migrate(migrations: readonly Migration[], more: Partial<MigrateOptions<Session, Migration>> = {}): Promise<Outcome> {
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
    database: "shop",
    user: "schema_migration",
    serviceUsers: ["shop_service"],
    adoptedSchemas: [],
    lockTimeoutMs: 200,
  };

  async rows<R extends object>(sql: string): Promise<R[]> {
    return (await this.owner.query<R>(sql)).rows;
  }

  applied(): Promise<{ name: string; done: boolean }[]> {
    return this.rows("SELECT name, applied_at IS NOT NULL AS done FROM schema_migration.applied ORDER BY name");
  }

  /**
   * Waits until the runner is in a statement, and where `waitEvent` is given until that waits for it; the process of the
   * server that runs it.
   * @see https://www.postgresql.org/docs/current/monitoring-stats.html
   */
  async inStatement(pattern: string, waitEvent = "%"): Promise<number> {
    for (;;) {
      const [found] = await this.rows<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'schema-migration' AND state = 'active'
          AND query LIKE '${pattern}' AND coalesce(wait_event, '') LIKE '${waitEvent}'`,
      );
      if (found) return found.pid;
      await delay(10);
    }
  }
}
