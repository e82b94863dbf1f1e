import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { lockFileName, lockFileOf, readSynthesizedStacks, type SynthesizedStack } from "../terraform";
import { filesToBundle } from "./bundle";
import { contentOf, sha256OfFile } from "./files";

/** Another cdktf output folder of the same environment, to compare with. */
export interface BaseOutput {
  readonly output: string;
  /**
   * The project that it was synthesized in, whose `locks/` are compared; undefined for a folder by itself, where the lock file beside
   * each stack counts.
   */
  readonly project?: string;
}

/**
 * The stacks that Terraform would see no difference in: their synthesized JSON, assets and lock file are the same.
 *
 * Of the JSON, the order of keys and the comment `//` at its root are left aside, which are all that Terraform does not read.
 * @param output the cdktf output folder that is to be planned, of the project in the current folder
 * @throws OutputFolderError if one of them is not a cdktf output folder
 */
export function sameStacks(output: string, base: BaseOutput): Set<string> {
  const before = new Map(readSynthesizedStacks(base.output).map((stack) => [stack.name, stack]));
  const [assetsNow, assetsBefore] = [assetsOf(output), assetsOf(base.output)];
  const same = readSynthesizedStacks(output).filter((now) => {
    const then = before.get(now.name);
    return (
      then !== undefined &&
      isDeepStrictEqual(read(now), read(then)) &&
      isDeepStrictEqual(assetsNow(now.name), assetsBefore(now.name)) &&
      hasSameLock(now, then, base.project)
    );
  });
  return new Set(same.map(({ name }) => name));
}

/** What Terraform reads of a stack. */
function read({ terraform }: SynthesizedStack): unknown {
  const { "//": _, ...rest } = terraform;
  return rest;
}

/** SHA-256 of each asset of a stack, by its path. */
function assetsOf(output: string): (stack: string) => Readonly<Record<string, string>> {
  const paths = filesToBundle(output);
  return (stack) => {
    const folder = `stacks/${stack}/assets/`;
    return Object.fromEntries(
      paths.filter((path) => path.startsWith(folder)).map((path) => [path, sha256OfFile(join(output, path))]),
    );
  };
}

/** The project's own lock file has to be the same. Where it has none, what an init has chosen counts, once both have been initialized. */
function hasSameLock(now: SynthesizedStack, then: SynthesizedStack, project?: string): boolean {
  const own = contentOf(lockFileOf(now.name));
  if (project !== undefined) return own === contentOf(join(project, lockFileOf(now.name)));
  const chosen = own ?? contentOf(join(now.folder, lockFileName));
  const before = contentOf(join(then.folder, lockFileName));
  return chosen === before || (own === undefined && (chosen === undefined || before === undefined));
}
