import { screenOf } from "../../output";
import { readStackFolders, type StateLock, TerraformStack } from "../../terraform";
import { ask, ConfirmationError, checkSomebodyAnswers } from "../deployment/question";
import { lockPlaceOf, type RolloutLock, readRolloutLock, workOf } from "../deployment/rollout-lock";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { unlockDocument } from "../documents/unlock";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { step } from "../step";

export interface UnlockOptions {
  /** Release without a question. */
  readonly autoApprove?: boolean;
  /** Id of the only lock that is meant; all if left out. */
  readonly lock?: string;
}

/**
 * Shows the locks of an environment's states and that of its rollouts, and releases them when that is confirmed.
 * @param stack with or without the environment's name in front; undefined for all stacks
 * @returns exit code 0 when nothing is locked any more, 1 when a lock was left
 */
export async function unlock(name: string, stack: string | undefined, options: UnlockOptions): Promise<Outcome> {
  const environment = project.find(name);
  const isMeant = (id: string): boolean => options.lock === undefined || options.lock === id;
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "unlock");
    try {
      const only = chosenStacks(name, workplace.stacks, stack);
      const folders = readStackFolders(workplace.output).filter((folder) => only(folder.name));
      const locked = await step("Looking for locks", async (say) => {
        const found: [TerraformStack, StateLock][] = [];
        for (const folder of folders) {
          if (signal.aborted) break;
          say(folder.name);
          const terraform = new TerraformStack(folder, {}, { environment: name, signal });
          const lock = await terraform.lock();
          if (lock && isMeant(lock.id)) found.push([terraform, lock]);
        }
        return found;
      });
      const locks = locked.map(([{ name: of }, { who, created, operation, id }]) => ({
        stack: of,
        who,
        created,
        operation,
        id,
      }));
      const place = stack === undefined ? lockPlaceOf(environment) : undefined;
      const read = place && (await readRolloutLock(place));
      const held = read && isMeant(read.lock.id) ? read : undefined;
      const rollout = held ? rolloutData(held.lock) : null;
      const ended = (released: boolean, code: number): Outcome =>
        unlockDocument.outcome({ environment: name, stack: stack ?? null, locks, rollout, released }, code);
      if (signal.aborted) return ended(false, 1);
      if (locks.length === 0 && !held) return ended(false, 0);
      if (!options.autoApprove && !(await consents(name, ended(false, 1), signal))) return ended(false, 1);
      // Only the lock that was shown: if it is another one by now, somebody has begun.
      if (place && held && !(await place.objects.remove(place.key, held.etag))) return ended(false, 1);
      for (const [terraform, { id }] of locked) await terraform.unlock(id);
      return ended(true, 0);
    } finally {
      workplace.leave();
    }
  });
}

const rolloutData = (lock: RolloutLock) => ({
  who: lock.who,
  pid: lock.pid,
  since: lock.since,
  operation: workOf(lock),
  id: lock.id,
});

/** Shows what is locked, and asks whether to release it. */
async function consents(name: string, found: Outcome, signal: AbortSignal): Promise<boolean> {
  try {
    checkSomebodyAnswers(`unlock ${name}`);
  } catch (error) {
    // What is locked is said all the same.
    if (!(error instanceof ConfirmationError)) throw error;
    note(error.message);
    return false;
  }
  note(found.text(screenOf(process.stderr)));
  const answer = await ask(
    "Only release the lock of a run that is gone: two runs at once destroy the state. Release? (yes/no) ",
    signal,
  );
  if (answer === "yes") return true;
  note("Nothing was released.");
  return false;
}
