import { existsSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../../errors";
import { sameStacks } from "../../rollout";
import { readStackFolders } from "../../terraform";
import { openBundle } from "../deployment/open-bundle";
import { figuresOfReview } from "./figures";
import type { Base, BaseOptions } from "./opened-base";
import { commitNamed, Worktree } from "./worktree";

/** There is nothing to compare with. */
export class BaseError extends UserError {
  override readonly name = "BaseError";
}

/** A base, and which stacks are the same there. */
export interface Comparison extends Omit<Base, "output"> {
  readonly given: string;
  readonly same: ReadonlySet<string>;
}

/**
 * Compares what was synthesized with a base. What the base is made in is gone afterwards, however that ends.
 * @param given a commit in the words of git, a cdktf output folder, or a bundle
 * @throws BaseError; BundleFileError; OutputFolderError; SynthesisError; WorktreeError
 */
export const compareWithBase = (given: string, options: BaseOptions): Promise<Comparison> =>
  withBase(given, options, async ({ output, ...base }) => ({
    ...base,
    given,
    same: sameStacks(options.output, output),
  }));

async function withBase<T>(given: string, options: BaseOptions, use: (base: Base) => Promise<T>): Promise<T> {
  const scratch = `${options.output}.base`;
  const isFile = existsSync(given) && statSync(given).isFile();
  if (!isFile && existsSync(join(given, "manifest.json"))) return use(folderBase(given, options));
  const commit = isFile ? undefined : await commitNamed(given);
  if (!isFile && commit === undefined) {
    throw new BaseError(
      `--base: ${given} is neither a commit of this repository, nor a cdktf output folder, nor a bundle; fetch it first if it is a branch (\`git fetch origin ${given}\`)`,
    );
  }
  if (commit !== undefined) {
    const tree = new Worktree(scratch, commit);
    try {
      return await use(await tree.base(options));
    } finally {
      await tree.remove();
    }
  }
  const remove = () => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    return await use(await bundleBase(given, scratch, options));
  } finally {
    process.off("exit", remove);
    remove();
  }
}

function folderBase(output: string, { environment, output: planned }: BaseOptions): Base {
  if (resolve(output) === resolve(planned)) {
    throw new BaseError(
      `--base: ${output} is the folder that ${environment} is planned in; pass one that it was not just synthesized to`,
    );
  }
  const stacks = readStackFolders(output);
  if (!stacks.some(({ name }) => name.startsWith(`${environment}-`))) {
    throw new BaseError(
      `--base: ${output} has no stack of ${environment}; pass a folder that ${environment} was synthesized to`,
    );
  }
  return {
    kind: "folder",
    commit: null,
    output: { output },
    figures: null,
    withoutFigures: "a folder says nothing of costs and recovery",
  };
}

async function bundleBase(file: string, scratch: string, { environment }: BaseOptions): Promise<Base> {
  const { about, review, unpack } = await openBundle(file);
  if (about.environment !== environment) {
    throw new BaseError(`--base: ${file} is a bundle of ${about.environment}; pass one of ${environment}`);
  }
  unpack(scratch);
  const figures = figuresOfReview(review);
  return {
    kind: "bundle",
    commit: about.commit,
    output: { output: scratch },
    figures,
    withoutFigures: figures ? null : "the bundle does not hold them",
  };
}
