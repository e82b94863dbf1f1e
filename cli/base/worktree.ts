import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { UserError } from "../../errors";
import { contentOf } from "../../rollout";
import { appCommand, describeEnd, outputOf, type ProcessResult, runProcess, synthesize } from "../../terraform";
import { note } from "../note";
import { step } from "../step";
import { type Figures, figuresOf } from "./figures";
import type { Base, BaseOptions } from "./opened-base";

/** A commit cannot be checked out, or what it needs cannot be installed. */
export class WorktreeError extends UserError {
  override readonly name = "WorktreeError";
}

const run = (
  command: string,
  args: readonly string[],
  { cwd, signal }: { readonly cwd?: string; readonly signal?: AbortSignal } = {},
): Promise<ProcessResult> => runProcess(command, args, { cwd, signal, env: process.env });

/** The commit that a branch, a tag or an id names in the repository of the current folder; undefined if there is none. */
export async function commitNamed(ref: string): Promise<string | undefined> {
  const { code, stdout } = await run("git", [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${ref}^{commit}`,
  ]).catch(() => ({ code: 1, stdout: "" }));
  return code === 0 ? stdout.trim() : undefined;
}

/** A commit of this repository, checked out beside the work tree for as long as it is read. */
export class Worktree {
  private readonly scratch: string;
  private readonly tree: string;
  private readonly atExit = () => {
    try {
      this.removeNow();
    } catch {
      // The next run removes what is left.
    }
  };

  /** @param scratch a folder that is made, and removed; what an earlier run that was killed has left there is removed first */
  constructor(
    scratch: string,
    private readonly commit: string,
  ) {
    this.scratch = resolve(scratch);
    this.tree = join(this.scratch, "tree");
  }

  /** Synthesizes the environment as that commit has it, by its own app. */
  async base({ environment, output, signal }: BaseOptions): Promise<Base> {
    this.removeNow();
    process.once("exit", this.atExit);
    const short = this.commit.slice(0, 12);
    await this.succeed("git", ["worktree", "add", "--quiet", "--detach", "--force", this.tree, this.commit], {
      signal,
    });
    const prefix = (await this.succeed("git", ["rev-parse", "--show-prefix"], { signal })).trim();
    const project = join(this.tree, prefix);
    if (!existsSync(project)) {
      throw new WorktreeError(
        `--base: ${short} does not have the folder of this project, ${prefix}; name a later commit`,
      );
    }
    await this.install(project, prefix, signal);
    // At the same place in the project: paths of states in files are relative to it.
    const place = relative(process.cwd(), resolve(output));
    const isInside = !isAbsolute(place) && !place.startsWith("..");
    const folder = isInside ? join(project, place) : join(this.scratch, "output");
    await step(`Synthesizing ${environment} at ${short}, the base`, () =>
      synthesize({ app: appCommand(project), environment, output: folder, env: {}, cwd: project, signal }),
    );
    const { figures, withoutFigures } = await this.figures(project, environment, signal);
    return { kind: "commit", commit: this.commit, output: { output: folder, project }, figures, withoutFigures };
  }

  async remove(): Promise<void> {
    this.removeNow();
    process.off("exit", this.atExit);
  }

  private removeNow(): void {
    if (!existsSync(this.scratch)) return;
    rmSync(this.scratch, { recursive: true, force: true });
    // Forgets the work tree that is no longer there.
    outputOf("git", ["worktree", "prune"]);
  }

  /** Puts there what the project has installed: what is here where both lock the same, else what its own lock file says. */
  private async install(project: string, prefix: string, signal?: AbortSignal): Promise<void> {
    const depths = prefix === "" ? [] : prefix.replace(/\/$/, "").split("/");
    // The folder of the project and those above it in the repository.
    const places = [...depths.map((_, index) => depths.slice(0, depths.length - index).join("/")), ""];
    const here = resolve(process.cwd(), ...depths.map(() => ".."));
    const lockedAt = places.find((place) => existsSync(join(this.tree, place, "package-lock.json")));
    const isSame = (file: string, place: string) =>
      contentOf(join(here, place, file)) === contentOf(join(this.tree, place, file));
    const own =
      lockedAt === undefined
        ? places.every((place) => isSame("package.json", place))
        : isSame("package-lock.json", lockedAt);
    if (own && lockedAt === places.find((place) => existsSync(join(here, place, "package-lock.json")))) {
      for (const place of places) {
        const installed = join(here, place, "node_modules");
        if (existsSync(installed)) mirror(installed, join(this.tree, place, "node_modules"));
      }
      return;
    }
    const folder = lockedAt === undefined ? project : join(this.tree, lockedAt);
    if (lockedAt === undefined) {
      throw new WorktreeError(
        `--base: ${this.commit.slice(0, 12)} requires other packages than are installed here, and has no package-lock.json to install them from; synthesize it yourself and pass the folder, as in --base ../base/cdktf.out`,
      );
    }
    note("The base locks other packages than are installed here: npm ci --ignore-scripts installs them for it.");
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    await this.succeed(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, signal });
  }

  /** By its own version of the toolkit, as only that knows its environments. */
  private async figures(
    project: string,
    environment: string,
    signal?: AbortSignal,
  ): Promise<{ figures: Figures | null; withoutFigures: string | null }> {
    try {
      const bin = programOf(project);
      const read = async (verb: string): Promise<unknown> => {
        const end = await run(process.execPath, [bin, verb, environment, "--json"], { cwd: project, signal });
        if (end.code !== 0) throw new Error(`its own evenkeel ${verb} ended with ${describeEnd(end)}`);
        return JSON.parse(end.stdout);
      };
      return { figures: figuresOf(await read("cost"), await read("recovery")), withoutFigures: null };
    } catch (error) {
      if (signal?.aborted) throw new WorktreeError("--base: interrupted while the figures of the base were computed");
      const [why = ""] = String((error as Error).message).split("\n");
      return { figures: null, withoutFigures: `the commit could not say them: ${why}` };
    }
  }

  private async succeed(
    command: string,
    args: readonly string[],
    options: { readonly cwd?: string; readonly signal?: AbortSignal },
  ): Promise<string> {
    const end = await run(command, args, options);
    if (end.code === 0) return end.stdout;
    const said = end.stderr.trim() || end.stdout.trim();
    throw new WorktreeError(`--base: ${command} ${args.join(" ")} ended with ${describeEnd(end)}:\n${said}`);
  }
}

/** The program of the toolkit that a project has installed. */
function programOf(project: string): string {
  const file = createRequire(join(project, "package.json")).resolve("evenkeel/package.json");
  const { bin } = JSON.parse(readFileSync(file, "utf8")) as { bin: { evenkeel: string } };
  return join(dirname(file), bin.evenkeel);
}

/**
 * The same files at another place, by hard links. A link to the folder would not do: what a bundler writes about a file says where it
 * really is, and packages of a workspace would be those of this checkout.
 */
function mirror(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  if (realpathSync(from) !== resolve(realpathSync(dirname(from)), "node_modules")) {
    symlinkSync(realpathSync(from), to, "junction");
    return;
  }
  mirrorFolder(from, to);
}

function mirrorFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) mirrorFolder(source, target);
    else mirrorFile(source, target, entry.isSymbolicLink());
  }
}

function mirrorFile(from: string, to: string, isLink: boolean): void {
  if (isLink) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  try {
    linkSync(from, to);
  } catch {
    // Another file system, or one without hard links.
    copyFileSync(from, to);
  }
}
