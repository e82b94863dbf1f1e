import { encryptionFromEnvironment } from "../../runtime/encryption/from-environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { createLogger } from "../../runtime/observability/logger.js";
import { postgresFromEnvironment } from "../../runtime/postgres/from-environment.js";

/** What the function of a run is asked to do. */
export interface Job {
  readonly kind: "write" | "write-once" | "read" | "encrypt";
  readonly id: string;
  /** Another message, encrypted before, which has to open too. */
  readonly sealed?: string;
}

export interface Done {
  /** The user of the database that it was done as. */
  readonly user?: string;
  /** What became of the id, encrypted. */
  readonly sealed?: string;
}

const logger = createLogger({ service: "ledger", environment: "soak", level: "INFO" });
const database = postgresFromEnvironment();
const encryption = encryptionFromEnvironment();
const [writer, reader] = [database.writer(), database.reader()];

async function handle({ kind, id, sealed }: Job): Promise<Done> {
  if (kind === "encrypt") {
    if (!encryption) throw new Error("the function has no key");
    const context = { of: "soak" };
    const message = await encryption.encrypt(Buffer.from(id), context);
    for (const one of [message, ...(sealed ? [Buffer.from(sealed)] : [])]) {
      const text = Buffer.from(await encryption.decrypt(one, context)).toString();
      if (one === message && text !== id) throw new Error("another text was decrypted than was encrypted");
    }
    return { sealed: Buffer.from(message).toString() };
  }
  const { rows } =
    kind === "read"
      ? await reader.query<{ user: string }>({ text: "SELECT current_user AS user, count(*) FROM entry" }, again)
      : kind === "write"
        ? await writer.query<{ user: string }>(
            {
              text: "WITH made AS (INSERT INTO entry (id) VALUES ($1) ON CONFLICT DO NOTHING) SELECT current_user AS user",
              values: [id],
            },
            again,
          )
        : await writer.query<{ user: string }>(
            { text: "INSERT INTO entry (id) VALUES ($1) RETURNING username AS user", values: [id] },
            { idempotent: false },
          );
  return { user: rows[0]?.user };
}

const again = { idempotent: true } as const;

export const handler = boundedHandler({ logger, handle });
