import type { Pool } from "pg";
import type { FaultKind } from "./faults";

/** An event as it is sent. */
export interface SentEvent {
  readonly orderId: string;
  readonly lane: string;
  /** Its message group, in the queue that has some. */
  readonly group: string;
  /** Its place in the group. */
  readonly place: number;
}

/** What the rows say of a run. */
export interface Count {
  readonly sent: number;
  /** Events with exactly one effect. */
  readonly once: number;
  readonly lost: number;
  /** Events with a second call though a first one was answered and its process lived on: handled twice. */
  readonly twice: number;
  /** Second calls that no caller can avoid: the answer of the first one was lost, or its process was killed. */
  readonly repeated: number;
  /** Events that came before an earlier one of their group. */
  readonly outOfOrder: number;
  /** Effects of what nobody sent. */
  readonly unknown: number;
}

/**
 * What was sent, what the warehouse was asked, and which processes ended with which events: rows in PostgreSQL, written by the harness
 * and by the warehouse, and never by the code under test. What became of events is counted from them by SQL.
 */
export class Ledger {
  constructor(private readonly client: Pool) {}

  /** Begins with empty tables. */
  async begin(): Promise<void> {
    await this.client.query(`
      DROP TABLE IF EXISTS sent, calls, ended;
      CREATE TABLE sent (order_id text PRIMARY KEY, lane text NOT NULL, message_group text NOT NULL, place int NOT NULL);
      CREATE TABLE calls (
        id bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(), order_id text NOT NULL, fault text,
        applied boolean NOT NULL, answered boolean NOT NULL DEFAULT false
      );
      CREATE TABLE ended (began timestamptz NOT NULL, at timestamptz NOT NULL, order_id text NOT NULL);
      CREATE INDEX ON calls (order_id);
      CREATE INDEX ON ended (order_id);`);
  }

  async send(events: readonly SentEvent[]): Promise<void> {
    await this.client.query(`INSERT INTO sent SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[])`, [
      events.map(({ orderId }) => orderId),
      events.map(({ lane }) => lane),
      events.map(({ group }) => group),
      events.map(({ place }) => place),
    ]);
  }

  /** A call has reached the warehouse. @returns its number */
  async called(orderId: string, fault: FaultKind | undefined, applied: boolean): Promise<string> {
    const insert = "INSERT INTO calls (order_id, fault, applied) VALUES ($1, $2, $3) RETURNING id";
    const { rows } = await this.client.query<{ id: string }>(insert, [orderId, fault ?? null, applied]);
    return rows[0]?.id ?? "";
  }

  /** Its caller has got the whole answer. */
  async answered(id: string): Promise<void> {
    await this.client.query("UPDATE calls SET answered = true WHERE id = $1", [id]);
  }

  /** An invocation that began then, in milliseconds since 1970, ended without an answer while it had these events. */
  async ended(orderIds: readonly string[], beganAt: number): Promise<void> {
    const insert =
      "INSERT INTO ended SELECT to_timestamp($1::float8 / 1000), to_timestamp($2::float8 / 1000), unnest($3::text[])";
    await this.client.query(insert, [beganAt, Date.now(), orderIds]);
  }

  /** How many events have had their effect. */
  async effects(): Promise<number> {
    const { rows } = await this.client.query<{ count: string }>(
      "SELECT count(DISTINCT order_id) FROM calls WHERE applied",
    );
    return Number(rows[0]?.count);
  }

  async count(): Promise<Count> {
    const { rows } = await this.client.query<Record<string, string>>(`
      WITH applied AS (
        SELECT c.*, row_number() OVER (PARTITION BY order_id ORDER BY id) AS turn,
          lag(at) OVER w AS previous_at, lag(answered) OVER w AS previous_answered
        FROM calls c WHERE applied WINDOW w AS (PARTITION BY order_id ORDER BY id)
      ),
      repeats AS (
        -- What a process has sent may arrive after it was killed; nobody else gets the message for longer than that.
        SELECT order_id, NOT previous_answered OR EXISTS (
          SELECT FROM ended e WHERE e.order_id = a.order_id AND e.at < a.at
            AND a.previous_at BETWEEN e.began AND e.at + interval '1 second'
        ) AS unavoidable
        FROM applied a WHERE turn > 1
      ),
      firsts AS (SELECT s.*, a.id FROM sent s JOIN applied a ON a.order_id = s.order_id AND a.turn = 1)
      SELECT
        (SELECT count(*) FROM sent) AS sent,
        (SELECT count(*) FROM firsts WHERE order_id NOT IN (SELECT order_id FROM repeats WHERE NOT unavoidable)) AS once,
        (SELECT count(*) FROM sent WHERE order_id NOT IN (SELECT order_id FROM firsts)) AS lost,
        (SELECT count(DISTINCT order_id) FROM repeats WHERE NOT unavoidable) AS twice,
        (SELECT count(*) FROM repeats WHERE unavoidable) AS repeated,
        (SELECT count(*) FROM (
          SELECT place, max(place) OVER (PARTITION BY message_group ORDER BY id) AS furthest FROM firsts WHERE message_group <> ''
        ) AS ordered WHERE place < furthest) AS "outOfOrder",
        (SELECT count(DISTINCT order_id) FROM calls WHERE order_id NOT IN (SELECT order_id FROM sent)) AS unknown`);
    return Object.fromEntries(
      Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]),
    ) as unknown as Count;
  }

  /** All rows about events that were called for more than once after a whole answer, to find out why. */
  async evidence(): Promise<readonly string[]> {
    const { rows } = await this.client.query<{ row: string }>(`
      WITH suspects AS (SELECT order_id FROM calls WHERE applied GROUP BY order_id HAVING count(*) > 1 AND bool_or(answered))
      SELECT to_json(c)::text AS row FROM calls c WHERE order_id IN (SELECT order_id FROM suspects)
      UNION ALL SELECT to_json(e)::text FROM ended e WHERE order_id IN (SELECT order_id FROM suspects)`);
    return rows.map(({ row }) => row);
  }
}
