import { join } from "node:path";
import { readStackFolders, TerraformStack } from "../../terraform";
import { lockedRun } from "../deployment/rollout-lock";
import { enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { stateMigrateDocument } from "../documents/state-migrate";
import project from "../project";
import { type Migrated, MigrationError, migrated } from "../state/migrate";
import { step } from "../step";

/**
 * Moves the local states of an environment or account into the bucket that its file names by now. A state that is there already, with the
 * same content, is left as it is.
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
        const done: ({ readonly stack: string } & Migrated)[] = [];
        for (const folder of readStackFolders(workplace.output)) {
          if (signal.aborted) break;
          say(folder.name);
          const file = join(directory, `${folder.name}.tfstate`);
          const terraform = new TerraformStack(folder, {}, { environment: name, signal, reconfigure: true });
          done.push({ stack: folder.name, ...(await migrated(terraform, file)) });
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
