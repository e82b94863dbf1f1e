import { accessSync, constants, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import semver from "semver";
import { isUserError } from "../../errors";
import { findAwsProvider, type Machine } from "../../simulator";
import { findProgram, readRunLock } from "../../terraform";
import { type Check, type Finding, fine, note, wrong } from "./check";
import { installedEngine, supportedNode } from "./packages";

/** Node.js itself. */
export const nodeVersion: Check = {
  name: "Node.js",
  run: () => {
    const { version } = process;
    const supported = supportedNode();
    if (!semver.satisfies(version, supported)) {
      return [wrong(`${version} is not a version that this toolkit runs on`, `install Node.js ${supported}`)];
    }
    const engine = installedEngine();
    if (engine && !semver.satisfies(version, engine.node)) {
      return [wrong(`${version} is not a version that ${engine.name} runs on`, `install Node.js ${engine.node}`)];
    }
    if (engine && !semver.satisfies(version, engine.commandLineNode)) {
      const [cli] = Object.keys(engine.commandLine);
      return [
        fine(version),
        note(`${cli} does not run on it`, `use the verbs of evenkeel, or Node.js ${engine.commandLineNode}`),
      ];
    }
    return [fine(version)];
  },
};

/** Terraform or OpenTofu. */
export const terraform: Check = {
  name: "Terraform",
  run: async () => {
    try {
      const { name, version, binary } = await findProgram({ env: process.env, cwd: process.cwd() });
      return [fine(`${name} ${version} (${binary})`)];
    } catch (error) {
      if (!isUserError(error)) throw error;
      const [says = "", ...remedy] = error.message.split("; ");
      return [wrong(says, remedy.join("; "))];
    }
  },
};

/** The provider that the simulated cloud runs. */
export const provider = (machine: Machine): Check => ({
  name: "AWS provider",
  run: () => {
    const { path, version } = findAwsProvider(machine);
    const engine = installedEngine();
    if (engine && !engine.simulated) {
      return [
        note(
          `the simulated cloud runs hashicorp/aws ${version}, and this project is made for ${engine.awsProvider}`,
          "synthesis, gates and real deployments work; for simulate, demo and rehearse use an engine for that version",
        ),
      ];
    }
    if (path) return [fine(`hashicorp/aws ${version} (${path})`)];
    return [
      wrong(
        `hashicorp/aws ${version}, which the simulated cloud runs, is not on this machine`,
        "the first simulate or demo lets Terraform download it (about 150 MB); without a network, set TF_PLUGIN_CACHE_DIR to a folder that has it",
      ),
    ];
  },
});

/** The folder that everything temporary is written to. */
export const writable: Check = {
  name: "Folder",
  run: () => {
    const folder = resolve(".evenkeel");
    try {
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `.doctor-${process.pid}`);
      writeFileSync(file, "");
      rmSync(file);
      accessSync(".", constants.W_OK);
      return [fine(`${folder} can be written to`)];
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      return [
        wrong(
          `${folder} cannot be written to (${code})`,
          "give yourself the right to write there, and look for a full disk",
        ),
      ];
    }
  },
};

/** Runs of other processes, and what runs have left behind. */
export const locks: Check = {
  name: "Locks",
  run: () => {
    const files = lockFiles(".evenkeel");
    const held = files.flatMap((file): Finding[] => {
      const holder = readRunLock(file);
      if (!holder) return [];
      const { pid, command, since } = holder;
      return [
        wrong(`${file} is held by process ${pid} ("${command}", since ${since})`, "wait for it, or end that process"),
      ];
    });
    return held.length > 0 ? held : [fine("nobody works in this folder")];
  },
};

function lockFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["providers", "typescript", "bundles"].includes(entry.name) ? [] : lockFiles(path);
    return entry.name.endsWith(".lock") && !entry.name.endsWith(".hcl") ? [path] : [];
  });
}
