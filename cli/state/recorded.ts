import { randomUUID } from "node:crypto";
import type { Deployable } from "../../config";
import { whoRuns } from "../deployment/who";
import { note } from "../note";
import { type Ledger, writeLedger } from "./ledger";
import { otherName, type StatePair, statePairOf } from "./pair";
import { serialsIn } from "./view";

/**
 * Does something that writes states, and writes down in the other bucket which serials stood before and stand afterwards. Where that cannot
 * be written, as the other region is away, the work is done all the same, and a note says so. One bucket has nothing to write down.
 * @param command what is done: `evenkeel apply`
 */
export async function recorded<T>(environment: Deployable, command: string, work: () => Promise<T>): Promise<T> {
  const pair = statePairOf(environment);
  return pair ? recordedIn(pair, environment.name, command, work) : work();
}

/** The same for the two buckets of an environment. @param name of the environment */
export async function recordedIn<T>(
  pair: StatePair,
  name: string,
  command: string,
  work: () => Promise<T>,
): Promise<T> {
  const [active, other] = [pair[pair.active], pair[otherName(pair.active)]];
  const write = async (ledger: Ledger): Promise<void> => {
    await writeLedger(other, name, ledger).catch((error: Error) =>
      note(`Which serials this run leaves behind is not written down in ${other.place.region}: ${error.message}`),
    );
  };
  const begun: Ledger = {
    format: 1,
    run: randomUUID(),
    who: whoRuns(),
    command,
    begun: new Date().toISOString(),
    ended: null,
    states: await serialsIn(active).catch(() => ({})),
  };
  await write(begun);
  try {
    return await work();
  } finally {
    // Where the states cannot be read, nobody knows what the run has left: then the ledger says that it has not ended.
    const states = await serialsIn(active).catch(() => undefined);
    if (states) await write({ ...begun, ended: new Date().toISOString(), states });
  }
}
