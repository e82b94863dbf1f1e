import { readStackFolders, type StateLock, TerraformStack } from "../../terraform";
import { note } from "../deployment/progress";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import { interruptible } from "../interruptible";
import { plainTable } from "../plain-table";
import project from "../project";

export interface UnlockOptions {
  /** Release without a question. */
  readonly autoApprove?: boolean;
}

/**
 * Shows the locks of an environment's states, and releases them when that is confirmed.
 * @param stack with or without the environment's name in front; undefined for all stacks
 * @returns 0 when nothing is locked any more, 1 when a lock was left
 */
export async function unlock(name: string, stack: string | undefined, options: UnlockOptions): Promise<number> {
  const environment = project.find(name);
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "unlock");
    try {
      const only = chosenStacks(name, workplace.stacks, stack);
      const folders = readStackFolders(workplace.output).filter((folder) => only(folder.name));
      const locked: [TerraformStack, StateLock][] = [];
      for (const folder of folders) {
        if (signal.aborted) return 1;
        const terraform = new TerraformStack(folder, {}, { environment: name, signal });
        const lock = await terraform.lock();
        if (lock) locked.push([terraform, lock]);
      }
      if (locked.length === 0) {
        process.stdout.write(`No state of ${stack ?? name} is locked.\n`);
        return 0;
      }
      const rows = locked.map(([{ name: of }, lock]) => [of, lock.who, lock.created, lock.operation, lock.id]);
      process.stdout.write(`${plainTable(["stack", "held by", "since", "for", "lock"], rows)}\n`);
      if (!options.autoApprove) {
        checkSomebodyAnswers(`unlock ${name}`);
        const answer = await ask(
          "Only release the lock of a run that is gone: two runs at once destroy the state. Release? (yes/no) ",
          signal,
        );
        if (answer !== "yes") {
          note("Nothing was released.");
          return 1;
        }
      }
      for (const [terraform, { id }] of locked) {
        await terraform.unlock(id);
        process.stdout.write(`${terraform.name}: released.\n`);
      }
      return 0;
    } finally {
      workplace.leave();
    }
  });
}
