import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import type { Deployable } from "../../config";
import { note } from "../note";
import { type Ledger, writeLedger } from "./ledger";
import { otherName, statePairOf } from "./pair";
import { viewOf } from "./view";

/**
 * Does something that writes states, and writes down in the other bucket which serials stood before and stand afterwards. Where that cannot
 * be written, as the other region is away, the work is done all the same, and a note says so. One bucket has nothing to write down.
 * @param command what is done: `evenkeel apply`
 */
export async function recorded<T>(environment: Deployable, command: string, work: () => Promise<T>): Promise<T> {
  const pair = statePairOf(environment);
  if (!pair) return work();
  const [active, other] = [pair[pair.active], pair[otherName(pair.active)]];
  const { name } = environment;
  const serials = async (): Promise<Ledger["states"]> => {
    const view = await viewOf(active, name);
    if (!view.reachable) throw new Error(view.why);
    return Object.fromEntries([...view.states].map(([stack, { lineage, serial }]) => [stack, { lineage, serial }]));
  };
  const write = async (ledger: Ledger): Promise<void> => {
    await writeLedger(other, name, ledger).catch((error: Error) =>
      note(`Which serials this run leaves behind is not written down in ${other.place.region}: ${error.message}`),
    );
  };
  const begun: Ledger = {
    format: 1,
    run: randomUUID(),
    who: `${userName()}@${hostname()}`,
    command,
    begun: new Date().toISOString(),
    ended: null,
    states: await serials().catch(() => ({})),
  };
  await write(begun);
  try {
    return await work();
  } finally {
    // Where the states cannot be read, nobody knows what the run has left: then the ledger says that it has not ended.
    const states = await serials().catch(() => undefined);
    if (states) await write({ ...begun, ended: new Date().toISOString(), states });
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // An id without an entry, as in some containers.
    return String(process.getuid?.() ?? "unknown");
  }
}
