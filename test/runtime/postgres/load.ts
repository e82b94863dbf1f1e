import { randomUUID } from "node:crypto";
import type { Postgres } from "../../../runtime/postgres/postgres";
import { OutcomeUnknownError } from "../../../runtime/sql/failure";
import { until } from "../until";
import type { PostgresServer } from "./postgres-server";

/** Writers that keep account of what they were told. */
export class Load {
  readonly idempotent = new Set<string>();
  readonly acknowledged = new Set<string>();
  readonly refused = new Set<string>();
  readonly unknown = new Set<string>();
  readonly failures = new Set<string>();
  private finished = false;

  /** `open` gives each writer a connection of its own. */
  constructor(private readonly open: () => Postgres) {}

  run(writers: number): Promise<unknown> {
    return Promise.all(Array.from({ length: writers }, () => this.write()));
  }

  /** Waits until so much more idempotent work is done. */
  progress(more: number): Promise<void> {
    const enough = this.idempotent.size + more;
    return until(() => this.idempotent.size >= enough);
  }

  /**
   * Compares what the writers were told with what the server holds: idempotent work and work that was acknowledged is there once, work that was
   * refused is not, and work whose outcome is unknown at most once.
   */
  async requireKeptOn(server: PostgresServer): Promise<void> {
    expect([...this.failures]).toEqual([]);
    const [{ count = 0, balance = 0 } = {}] = await server.rows<{ count: number; balance: number }>(
      "SELECT (SELECT count(*)::int FROM ledger) AS count, balance FROM account WHERE id = 1",
    );
    expect(count).toBe(this.idempotent.size);
    expect(balance).toBe(count);
    const journal = await server.rows<{ id: string; times: number }>(
      "SELECT id, count(*)::int AS times FROM journal GROUP BY id",
    );
    const times = new Map(journal.map((row) => [row.id, row.times]));
    expect([...this.acknowledged].filter((id) => times.get(id) !== 1)).toEqual([]);
    expect([...this.refused].filter((id) => times.has(id))).toEqual([]);
    const known = ({ id }: { id: string }) => this.acknowledged.has(id) || this.unknown.has(id);
    expect(journal.filter((row) => row.times > 1 || !known(row))).toEqual([]);
  }

  async finish(working: Promise<unknown>): Promise<this> {
    this.finished = true;
    await working;
    return this;
  }

  private async write(): Promise<void> {
    const postgres = this.open();
    while (!this.finished) {
      await this.raiseBalance(postgres, randomUUID());
      await this.appendToJournal(postgres, randomUUID());
    }
  }

  /** Safe to repeat: the ledger remembers which ids were counted. */
  private async raiseBalance(postgres: Postgres, id: string): Promise<void> {
    try {
      await postgres.transaction(
        async (transaction) => {
          const { rowCount } = await transaction.query({
            text: "INSERT INTO ledger VALUES ($1) ON CONFLICT DO NOTHING",
            values: [id],
          });
          if (rowCount === 1)
            await transaction.query({ text: "UPDATE account SET balance = balance + 1 WHERE id = 1" });
        },
        { idempotent: true },
      );
      this.idempotent.add(id);
    } catch (error) {
      this.failures.add(error instanceof Error ? `${error}: ${error.cause}` : String(error));
    }
  }

  private async appendToJournal(postgres: Postgres, id: string): Promise<void> {
    try {
      await postgres.query({ text: "INSERT INTO journal VALUES ($1)", values: [id] }, { idempotent: false });
      this.acknowledged.add(id);
    } catch (error) {
      (error instanceof OutcomeUnknownError ? this.unknown : this.refused).add(id);
    }
  }
}
