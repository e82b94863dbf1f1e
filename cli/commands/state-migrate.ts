import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors";
import { type Json, objectOf, readStackFolders, TerraformStack } from "../../terraform";
import { lockedRun } from "../deployment/rollout-lock";
import { enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { stateMigrateDocument } from "../documents/state-migrate";
import project from "../project";
import { step } from "../step";

/** A state cannot be moved into the bucket. */
export class MigrationError extends UserError {
  override readonly name = "MigrationError";
}

/**
 * Moves the local states of an environment or account into the bucket that its file names by now. A state that is there already, with the
 * same lineage and at least the serial, is left as it is.
 * @throws MigrationError where another state is there, or the file still says that states are local
 */
export async function stateMigrate(name: string): Promise<Outcome> {
  const environment = project.findDeployable(name);
  const { state } = environment.resolve();
  if (state.backend === "local")
    throw new MigrationError(`${name}: its states are local; state a bucket first, as state: { backend: "s3", ... }`);
  return lockedRun(environment, { verb: "state migrate" }, async (signal) => {
    const workplace = await enterWorkplace(environment, "state migrate");
    try {
      const directory = join(process.env.EVENKEEL_SIMULATED || ".evenkeel", "state");
      const moved = await step("Moving states", async (say) => {
        const done: { stack: string; serial: number; was: "moved" | "there" | "none" }[] = [];
        for (const folder of readStackFolders(workplace.output)) {
          if (signal.aborted) break;
          say(folder.name);
          const file = join(directory, `${folder.name}.tfstate`);
          const terraform = new TerraformStack(folder, {}, { environment: name, signal, reconfigure: true });
          done.push({ stack: folder.name, ...(await move(terraform, file)) });
        }
        return done;
      });
      return stateMigrateDocument.outcome(
        { environment: name, bucket: state.bucket, region: state.region, stacks: moved },
        signal.aborted ? 1 : 0,
      );
    } finally {
      workplace.leave();
    }
  });
}

async function move(
  terraform: TerraformStack,
  file: string,
): Promise<{ serial: number; was: "moved" | "there" | "none" }> {
  const there: Json = await terraform.state();
  if (!existsSync(file))
    return { serial: Number(there.serial ?? 0), was: there.lineage === undefined ? "none" : "there" };
  const local = objectOf(JSON.parse(readFileSync(file, "utf8")));
  const serial = Number(local.serial ?? 0);
  if (there.lineage !== undefined && (there.lineage !== local.lineage || Number(there.serial) < serial))
    throw new MigrationError(
      `${terraform.name}: the bucket has another state already: serial ${there.serial} of lineage ${there.lineage}, and ${file} is serial ${serial} of lineage ${local.lineage}. Nothing was changed; find out which one is right, and move the other one away.`,
    );
  const was = there.lineage === undefined ? "moved" : "there";
  if (was === "moved") await terraform.push(file);
  // Kept, but no longer taken for the state of the stack.
  renameSync(file, `${file}.migrated`);
  return { serial, was };
}
