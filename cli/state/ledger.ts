import { z } from "zod";
import type { StateBucketClient } from "./bucket";

const versions = z.record(z.string(), z.strictObject({ lineage: z.string(), serial: z.int() }));

/**
 * Which serials the last run of a verb has left behind, written into the bucket that is not worked with: it is there at once, where a state
 * arrives by replication some time later.
 */
const ledgerSchema = z.strictObject({
  format: z.literal(1),
  /** Which run. */
  run: z.string(),
  who: z.string(),
  command: z.string(),
  /** ISO 8601. */
  begun: z.string(),
  /** ISO 8601; null while it runs, and for ever where it was killed. */
  ended: z.string().nullable(),
  /** By the name of the stack: before the run, and once it has ended after it. */
  states: versions,
});

export type Ledger = z.output<typeof ledgerSchema>;

const keyOf = (client: StateBucketClient, environment: string): string => client.keyOf(`${environment}.serials.json`);

/** Undefined where there is none, or none that this version can read. @throws AwsRefusedError */
export async function readLedger(client: StateBucketClient, environment: string): Promise<Ledger | undefined> {
  const found = await client.read(keyOf(client, environment));
  if (!found) return undefined;
  try {
    return ledgerSchema.parse(JSON.parse(found.text));
  } catch {
    return undefined;
  }
}

/** @throws AwsRefusedError */
export const writeLedger = (client: StateBucketClient, environment: string, ledger: Ledger): Promise<void> =>
  client.write(keyOf(client, environment), JSON.stringify(ledger));
