import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";

/** PostgreSQL's own default, `scram_iterations`. */
const iterations = 4096;

/**
 * The form in which PostgreSQL stores a password. Sent instead of the password, it keeps the password itself out of the
 * server's logs and statement statistics.
 * @see https://www.postgresql.org/docs/current/catalog-pg-authid.html
 * @param password printable ASCII, so that it needs no normalization
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const key = (name: string) => createHmac("sha256", salted).update(name).digest();
  const storedKey = createHash("sha256").update(key("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${key("Server Key").toString("base64")}`;
}
