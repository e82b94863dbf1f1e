import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { z } from "zod";
import { isAccount, loadProject, readMoves } from "../config";
import { assumptionsOf } from "../config/assumptions";
import { rehearsedOptions } from "../config/rehearsed-options";
import { isUserError } from "../errors";
import { finishSoon } from "../loader";
import { makeSynthesisFaster } from "../modules/core";
import { buildAccount, buildStacks } from "../stacks";

/**
 * The whole program that cdktf.json names: loads `evenkeel.config.ts` of the current folder, builds the stacks of the
 * environments and accounts that the variable ENVIRONMENT names (comma-separated; all if it is not set) and writes Terraform JSON.
 *
 * What the user can fix is printed as a message, with exit code 1; anything else is a defect and is thrown.
 */
export function synthesizeProject(): void {
  try {
    synthesize();
  } catch (error) {
    if (!isUserError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function synthesize(): void {
  // Set by the simulated cloud: the folder that keeps what is simulated apart from what is real.
  const simulated = process.env.EVENKEEL_SIMULATED;
  const rehearsed = rehearsedOptions(process.argv.slice(2), Boolean(simulated));
  // cdktf creates the last folder of its output path only.
  if (process.env.CDKTF_OUTDIR) mkdirSync(process.env.CDKTF_OUTDIR, { recursive: true });
  makeSynthesisFaster();
  // Most schemas check a value or two, and zod would compile a function for each of them.
  z.config({ jitless: true });
  const project = loadProject();
  const app = new App({ stackTraces: false });
  const localStateDirectory = join(simulated || ".evenkeel", "state");
  for (const environment of project.loadDeployables(process.env.ENVIRONMENT)) {
    if (isAccount(environment)) {
      buildAccount(app, environment.resolve(localStateDirectory));
      continue;
    }
    const deployment = environment.resolve({ ...rehearsed, localStateDirectory, withoutVault: Boolean(simulated) });
    if (deployment.vault?.deployed === false) {
      process.stderr.write(`${environment.name}: the stack of Vault is left out, the simulated cloud has no Vault.\n`);
    }
    // Of an account of AWS; the simulated one has what the environments state.
    for (const note of simulated ? [] : assumptionsOf(environment, deployment.config, new Date())) {
      process.stderr.write(`${environment.name}: ${note}\n`);
    }
    // Where a cloud begins empty, and at another stage, nothing is there to be renamed or taken in.
    const isAsStated =
      !process.env.EVENKEEL_WITHOUT_MOVES && rehearsed.stage === undefined && rehearsed.standby === undefined;
    buildStacks(app, isAsStated ? { ...deployment, moves: readMoves(environment.name) } : deployment);
  }
  app.synth();
  finishSoon();
}
