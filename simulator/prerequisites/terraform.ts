import { execFile } from "node:child_process";
import { promisify } from "node:util";
import semver from "semver";
import { SimulatorError } from "../errors";
import { findExecutable, type Machine } from "./machine";

/** Write-only arguments, which keep passwords out of the state, came with this version. */
export const MINIMUM_TERRAFORM = "1.11.0";

export interface Terraform {
  /** Path of the program. */
  binary: string;
  version: string;
}

const run = promisify(execFile);

/** Finds Terraform as cdktf does: TERRAFORM_BINARY_NAME, else `terraform` on PATH. */
export async function findTerraform(machine: Machine): Promise<Terraform> {
  const name = machine.env.TERRAFORM_BINARY_NAME || "terraform";
  const binary = findExecutable(name, machine);
  if (!binary) {
    throw new SimulatorError(
      `Terraform is missing: "${name}" is not on PATH; install Terraform ${MINIMUM_TERRAFORM} or later ` +
        "(https://developer.hashicorp.com/terraform/install) or set TERRAFORM_BINARY_NAME to its path.",
    );
  }
  const version = await versionOf(binary, machine);
  if (!version || semver.lt(version, MINIMUM_TERRAFORM)) {
    throw new SimulatorError(
      `Terraform is too old: "${name}" is version ${version ?? "unknown"}, and ${MINIMUM_TERRAFORM} or later is needed ` +
        "for write-only arguments; install a newer one (https://developer.hashicorp.com/terraform/install).",
    );
  }
  return { binary, version };
}

async function versionOf(binary: string, machine: Machine): Promise<string | undefined> {
  try {
    const env = { ...machine.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined };
    const { stdout } = await run(binary, ["version", "-json"], { env, cwd: machine.cwd });
    const found = (JSON.parse(stdout) as { terraform_version?: unknown }).terraform_version;
    return semver.valid(typeof found === "string" ? found : null) ?? undefined;
  } catch {
    // Terraform before 0.13 has no -json; anything else that fails here is no Terraform either.
    return undefined;
  }
}
