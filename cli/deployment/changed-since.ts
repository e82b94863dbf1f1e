import { existsSync } from "node:fs";
import { join } from "node:path";
import { filesToBundle, sha256OfFile } from "../../rollout";
import { lockFileName, lockFileOf, readStackFolders } from "../../terraform";

/** Files of a bundle that Terraform has made, and no synthesis makes. */
const ofTerraform = /(^|\/)(plan|\.terraform\.lock\.hcl)$/;

/**
 * What a synthesis gives otherwise than the one that was planned.
 * @param output the folder that was synthesized to
 * @param files SHA-256 of each file of the bundle, by its path there
 */
export function changedSince(output: string, files: Readonly<Record<string, string>>): string[] {
  const planned = new Map(
    Object.entries(files)
      .filter(([path]) => path.startsWith("output/") && !ofTerraform.test(path))
      .map(([path, sha256]) => [path.slice("output/".length), sha256]),
  );
  const changed = [...planned].flatMap(([path, expected]) => {
    const file = join(output, path);
    if (!existsSync(file)) return [`${kindOf(path)} ${path}: is no longer made`];
    return sha256OfFile(file) === expected ? [] : [`${kindOf(path)} ${path}: has another content`];
  });
  const added = filesToBundle(output)
    .filter((path) => !planned.has(path) && !ofTerraform.test(path))
    .map((path) => `${kindOf(path)} ${path}: is new`);
  return [...changed, ...added, ...changedLockFiles(output, files)];
}

/** Lock files of the project that are not those of the bundle. */
const changedLockFiles = (output: string, files: Readonly<Record<string, string>>): string[] =>
  readStackFolders(output).flatMap(({ name }) => {
    const file = lockFileOf(name);
    if (!existsSync(file)) return [];
    const planned = files[`output/stacks/${name}/${lockFileName}`];
    if (planned === undefined) return [`the lock file ${file}: is new`];
    return sha256OfFile(file) === planned ? [] : [`the lock file ${file}: has another content`];
  });

const kindOf = (path: string): string =>
  path.includes("/assets/") ? "the asset" : path.endsWith("cdk.tf.json") ? "the configuration" : "the file";
