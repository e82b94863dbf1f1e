import { InternalError, UnprocessableError } from "../../runtime/errors/service-errors";
import type { Postgres } from "../../runtime/postgres/postgres";
import type { Entry, EntryRequest } from "./entry-schema";

interface Row {
  readonly entry_id: string;
  /** 64 bits, more than a JavaScript number holds exactly. */
  readonly position: string;
  readonly account_id: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly description: string;
  readonly booked_at: Date;
}

const columns = "entry_id, position, account_id, amount_minor, currency, description, booked_at";
const repeatable = { idempotent: true };

/** Entries in ledger.entries (migrations/): written once, under the id that the client chose. */
export class LedgerRepository {
  constructor(
    private readonly writer: Postgres,
    private readonly reader: Postgres,
  ) {}

  /**
   * Books an entry, or finds the one that an earlier request with this id booked (`replayed`). One statement decides, by the
   * primary key, so it can be repeated when it is unknown whether it was carried out.
   * @throws UnprocessableError when the id belongs to a different entry
   */
  async book(request: EntryRequest): Promise<{ entry: Entry; replayed: boolean }> {
    const { entryId, accountId, amountMinor, currency, description } = request;
    const { rows } = await this.writer.query<Row>(
      {
        text: `INSERT INTO ledger.entries (entry_id, account_id, amount_minor, currency, description)
               VALUES ($1, $2, $3, $4, $5) ON CONFLICT (entry_id) DO NOTHING RETURNING ${columns}`,
        values: [entryId, accountId, amountMinor, currency, description],
      },
      repeatable,
    );
    const [booked] = rows;
    if (booked) return { entry: toEntry(booked), replayed: false };
    const entry = await this.find(entryId);
    if (sameRequest(entry, request)) return { entry, replayed: true };
    throw new UnprocessableError(
      "The entryId was used for a different entry; send the same body again, or choose a new id.",
    );
  }

  /** An account's entries, newest first, after a position; `next` is set while there are more. */
  async list(accountId: string, limit: number, after?: string): Promise<{ entries: Entry[]; next?: string }> {
    const { rows } = await this.reader.query<Row>(
      {
        text: `SELECT ${columns} FROM ledger.entries
               WHERE account_id = $1 AND position < COALESCE($2, 9223372036854775807)
               ORDER BY position DESC LIMIT $3`,
        values: [accountId, after, limit + 1],
      },
      repeatable,
    );
    const page = rows.slice(0, limit);
    return { entries: page.map(toEntry), next: rows.length > limit ? page.at(-1)?.position : undefined };
  }

  /** Reads from the writer, as the reader may not have it yet. */
  private async find(entryId: string): Promise<Entry> {
    const { rows } = await this.writer.query<Row>(
      { text: `SELECT ${columns} FROM ledger.entries WHERE entry_id = $1`, values: [entryId] },
      repeatable,
    );
    const [row] = rows;
    if (row) return toEntry(row);
    throw new InternalError(new Error("An entry that existed is gone."));
  }
}

function toEntry(row: Row): Entry {
  return {
    entryId: row.entry_id,
    accountId: row.account_id,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    description: row.description,
    bookedAt: row.booked_at.toISOString(),
  };
}

function sameRequest({ bookedAt: _, ...entry }: Entry, request: EntryRequest): boolean {
  return (Object.keys(entry) as (keyof EntryRequest)[]).every((field) => entry[field] === request[field]);
}
