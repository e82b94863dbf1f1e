import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { pack, succeed } from "../../support/packed";
import { isNotRun, isRunElsewhere, pagesOfRepository, pagesThatAreRun } from "../../support/pages/commands";
import { runPage } from "../../support/pages/run-page";
import { temporaryFolder } from "../../support/temporary-folder";
import { userEnvironment } from "../../support/user-environment";
import { wholeOr } from "../../support/whole-proofs";

const minutes = 60_000;
const parent = temporaryFolder("pages-");
const untouched = join(parent, "untouched");
const temporary = join(parent, "temporary");
const env = userEnvironment(temporary);
let tarball: string;

/** The packed package in place of the one in the registry; what needs AWS is left out. */
function instead(command: string): string | null | undefined {
  if (command === "npm create evenkeel my-platform -- -y") {
    return `npx --yes --package '${tarball}' evenkeel init my-platform -y`;
  }
  return isNotRun(command) ? null : undefined;
}

beforeAll(async () => {
  mkdirSync(temporary);
  tarball = await pack();
  await succeed("npx", ["--yes", "--package", tarball, "evenkeel", "init", "untouched", "-y"], parent, env);
}, 10 * minutes);

/** Nobody is there to approve. What needs AWS, or what another test runs, is left out. */
function unattended(command: string): string | null | undefined {
  if (isNotRun(command) || isRunElsewhere(command)) return null;
  return /\bcdktf deploy\b/.test(command) ? command.replace(/ *(#.*)?$/, " --auto-approve") : undefined;
}

/** Packages are only copied where the page changes them. */
function copyProject(folder: string, packages: boolean): void {
  const installed = join(untouched, "node_modules");
  cpSync(untouched, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => packages || path !== installed,
  });
  if (!packages) symlinkSync(installed, join(folder, "node_modules"));
}

/** Everything that a page tells its reader to do works in a new project, and prints what the page says. */
describe("A reader who does what the page says", () => {
  test.each(wholeOr(pagesThatAreRun, pagesThatAreRun.slice(0, 2)))(
    "gets what it promises: %s",
    async (page) => {
      const folder = join(parent, page.replaceAll("/", "-"));
      if (page === "docs/first-hour.md") mkdirSync(folder);
      else copyProject(folder, /^ *npm install /m.test(readFileSync(page, "utf8")));
      await expect(runPage(page, { folder, env, instead })).resolves.toBeUndefined();
    },
    30 * minutes,
  );
});

/** The environments of this repository, in a copy of it: other tests work in the repository itself. */
describe("A reader of this repository who runs what its page says", () => {
  const copy = join(parent, "repository");
  beforeAll(() => {
    const left = ["node_modules", ".git", ".evenkeel", "cdktf.out", "coverage"].map((name) => resolve(name));
    cpSync(resolve("."), copy, { recursive: true, filter: (path) => !left.includes(path), preserveTimestamps: true });
    symlinkSync(resolve("node_modules"), join(copy, "node_modules"));
  });

  // Of the README's commands, CI runs the first two itself.
  test.each(wholeOr(pagesOfRepository, pagesOfRepository.slice(1)))(
    "succeeds: %s",
    async (page) => {
      await expect(runPage(page, { folder: copy, env, instead: unattended })).resolves.toBeUndefined();
    },
    60 * minutes,
  );
});
