import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findExecutable } from "../../terraform";
import { SimulatorError } from "../errors";
import { shellWords } from "./command-line";
import { writeIsolation } from "./isolation";

/** In the environment of a simulated command: the path of the program that its launchers run. */
export const realProgramVariable = "EVENKEEL_REAL_PROGRAM";

/** The compiled entry, also where the sources are run directly. */
const entry = (): string =>
  [
    path.join(__dirname, "main.js"),
    path.join(__dirname, "..", "..", "dist", "simulator", "front-door", "main.js"),
  ].find(existsSync) ?? path.join(__dirname, "main.js");

export interface LauncherOptions {
  /** Absolute folder of the simulated cloud. */
  readonly directory: string;
  /** Path of the program that the user has chosen. */
  readonly program: string;
  /** Variables that Terraform gets whatever the command has made of them; `undefined` removes one. */
  readonly isolation: NodeJS.ProcessEnv;
  /** This process's own environment by default. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Writes the programs that stand in front of Terraform and OpenTofu inside `simulate`.
 * @returns environment variables by which they are found
 */
export function writeLaunchers(options: LauncherOptions): NodeJS.ProcessEnv {
  const { directory, program, isolation, env = process.env } = options;
  if (process.platform === "win32") {
    throw new SimulatorError(
      "On Windows nothing can be put in front of Terraform, and so nothing keeps it from real states; run the command in WSL.",
    );
  }
  writeIsolation(directory, isolation);
  const folder = path.join(directory, "bin");
  rmSync(folder, { recursive: true, force: true });
  const chosen = path.join(folder, "chosen", path.basename(program));
  writeLauncher(chosen, directory, program);
  for (const name of ["terraform", "tofu"]) {
    const found = findExecutable(name, { env, cwd: process.cwd() });
    if (found) writeLauncher(path.join(folder, name), directory, found);
  }
  return {
    PATH: [folder, env.PATH].filter(Boolean).join(path.delimiter),
    TERRAFORM_BINARY_NAME: chosen,
    // Terragrunt's names for it.
    TG_TF_PATH: undefined,
    TERRAGRUNT_TFPATH: undefined,
    EVENKEEL_STARTED_IN: process.cwd(),
    [realProgramVariable]: program,
    TF_DATA_DIR: undefined,
  };
}

function writeLauncher(file: string, directory: string, program: string): void {
  const node = shellWords([process.execPath, entry(), directory, program]);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(
    file,
    [
      "#!/bin/sh",
      "# Stands in front of Terraform inside the simulated cloud, and takes its place once it is known which state it uses.",
      `commands=$(NODE_OPTIONS= ${node} "$@" </dev/null) || exit $?`,
      'eval "$commands"',
      "",
    ].join("\n"),
  );
  chmodSync(file, 0o755);
}
