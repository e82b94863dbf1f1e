import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import semver from "semver";
import { runProcess } from "./process";
import { TerraformError } from "./terraform-error";

/** Write-only arguments, which keep passwords out of the state, came with this version of Terraform and of OpenTofu. */
export const minimumVersion = "1.11.0";

/** The program that plans and applies. */
export interface Program {
  readonly name: "Terraform" | "OpenTofu";
  /** Path of the program. */
  readonly binary: string;
  readonly version: string;
}

/** Where a program is looked up; tests pass their own. */
export interface ProgramSearch {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** What to run: the program or path in `TERRAFORM_BINARY_NAME`, as in cdktf, else `terraform`. */
export const programName = (env: NodeJS.ProcessEnv): string => env.TERRAFORM_BINARY_NAME || "terraform";

/**
 * Finds Terraform or OpenTofu, and says which of them it is.
 * @throws TerraformError if it is missing or too old
 */
export async function findProgram(search: ProgramSearch): Promise<Program> {
  const command = programName(search.env);
  const binary = findExecutable(command, search);
  if (!binary) {
    throw new TerraformError(
      `Terraform is missing: "${command}" is not on PATH; install Terraform ${minimumVersion} or later ` +
        "(https://developer.hashicorp.com/terraform/install) or set TERRAFORM_BINARY_NAME to its path, or to OpenTofu's.",
    );
  }
  const { name, version } = await identify(binary, search);
  if (!version || semver.lt(version, minimumVersion)) {
    throw new TerraformError(
      `${name} is too old: "${command}" is version ${version ?? "unknown"}, and ${minimumVersion} or later is needed ` +
        "for write-only arguments; install a newer one (https://developer.hashicorp.com/terraform/install).",
    );
  }
  return { name, binary, version };
}

/** The first line of `version` is `Terraform v1.11.4` or `OpenTofu v1.11.0`; its JSON does not say which program it is. */
async function identify(
  binary: string,
  { env, cwd }: ProgramSearch,
): Promise<Omit<Program, "binary" | "version"> & { version?: string }> {
  const { code, stdout } = await runProcess(binary, ["version"], {
    env: { ...env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined },
    cwd,
  });
  const [, name, version] = (code === 0 && /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout)) || [];
  return { name: name === "OpenTofu" ? name : "Terraform", version: semver.valid(version) ?? undefined };
}

/** The file that a command name stands for, looked up as a shell does; undefined when there is none. */
export function findExecutable(command: string, { env, cwd }: ProgramSearch): string | undefined {
  const endings = process.platform === "win32" ? ["", ".exe"] : [""];
  const folders = /[\\/]/.test(command) ? [cwd] : (env.PATH ?? "").split(path.delimiter).filter(Boolean);
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.resolve(folder, command + ending);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
