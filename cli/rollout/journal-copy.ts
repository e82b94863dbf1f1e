import { activeState, type BaseEnvironment } from "../../contract";
import type { JournalCopy } from "../../rollout";
import { StateObjects } from "../aws/objects";

/**
 * Where the journal of a bundle lies for runs on other machines: beside the states of the environment, encrypted as they are. Written by
 * the run that holds the lock of the rollout; one that no longer holds it is told apart by what it finds there.
 * @returns undefined for local states, which no other machine has either
 */
export function journalCopyOf(environment: BaseEnvironment, bundle: string): JournalCopy | undefined {
  const { name, account, state } = environment;
  if (state.backend === "local") return undefined;
  const objects = new StateObjects({ ...activeState(state), account });
  const key = objects.keyOf(`rollouts/${name}/${bundle}.journal.jsonl`);
  let etag: string | undefined;
  return {
    shown: objects.shown(key),
    read: async () => {
      const found = await objects.read(key);
      etag = found?.etag;
      return found?.body ?? "";
    },
    write: async (lines) => {
      const written = etag === undefined ? await objects.create(key, lines) : await objects.replace(key, lines, etag);
      // An answer that was lost: what is there is what was to be written.
      const found = written === undefined ? await objects.read(key) : undefined;
      if (written === undefined && found?.body !== lines)
        throw new Error("another run has written there meanwhile, or somebody has removed it");
      etag = written ?? found?.etag;
    },
  };
}
