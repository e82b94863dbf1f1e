import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import semver from "semver";
import { z } from "zod";
import { checkStandby } from "../config/rules/regions";
import { parseConfig, withRule } from "../modules/core/config";
import { accountId, email, region } from "../modules/core/fields";
import { type Engine, ScaffoldError } from "../scaffold";

/*
 * What `init` checks before it writes or installs anything. Nothing here needs the engine: `npx evenkeel init` has none yet.
 */

const answersSchema = withRule(
  z.strictObject({ account: accountId, home: region, standby: z.array(region), email }),
  ({ home, standby }, report) => checkStandby({ home, standby }, report, ["standby"]),
);

/** The answers about a new project's environment, by the names of the options that give them. */
type Answers = Readonly<Record<"account" | "home" | "email", string>> & { readonly standby: readonly string[] };

/** @throws ConfigError with every mistake in the answers */
export function checkAnswers({ account, home, standby, email: address }: Answers): void {
  parseConfig(answersSchema, { account, home, standby, email: address }, "evenkeel init");
}

/** @throws ScaffoldError if the packages of the project would be installed for a Node.js that its engine does not run on */
export function checkNode({ name, node }: Engine): void {
  if (semver.satisfies(process.version, node)) return;
  throw new ScaffoldError(
    `the engine ${name} runs on Node.js ${node}, and this is ${process.version}; use another Node.js or another --engine, or write the project with --no-install`,
  );
}

/** @throws ScaffoldError if npm would find no archive of this package there. @param evenkeel as package.json names it */
export function checkArchive(evenkeel: string, place: string): void {
  const [, archive] = /^file:(.+)$/.exec(evenkeel) ?? [];
  if (archive === undefined || existsSync(resolve(place, archive))) return;
  throw new ScaffoldError(
    `--evenkeel is ${evenkeel}, and there is no ${resolve(place, archive)}; write the path as seen from the new folder`,
  );
}

/** What may be there before: what a version control system or an editor has made. */
const harmless = new Set([".git", ".gitignore", ".idea", ".vscode", "LICENSE"]);

/** @throws ScaffoldError if a new project cannot be written to a folder, because of what is there */
export function checkFolder(place: string): void {
  const left = entriesOf(place).filter((name) => !harmless.has(name));
  if (left.length === 0) return;
  const shown = left.slice(0, 5).join(", ") + (left.length > 5 ? ", ..." : "");
  throw new ScaffoldError(`${place} is not empty (${shown}), and nothing is overwritten; name a new folder`);
}

function entriesOf(place: string): string[] {
  try {
    return existsSync(place) ? readdirSync(place) : [];
  } catch (error) {
    throw refused(place, error);
  }
}

/** Makes the folder of a new project. @throws ScaffoldError if it cannot be made */
export function makeFolder(place: string): void {
  try {
    mkdirSync(place, { recursive: true });
    accessSync(place, constants.W_OK);
  } catch (error) {
    throw refused(place, error);
  }
}

function refused(place: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOTDIR" || code === "EEXIST") {
    return new ScaffoldError(`${place} is no folder, or is below a file; name a new folder`);
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new ScaffoldError(
      `${place} cannot be read and written (${code}); give yourself the right to, or name another folder`,
    );
  }
  return error;
}

/** Name of the project's npm package, as npm takes it. @see https://docs.npmjs.com/cli/configuring-npm/package-json#name */
export const packageName = (place: string): string =>
  basename(place)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "") || "platform";
