import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";

describe("A release", () => {
  test("takes every waiting change into the changelog, above earlier versions, and raises both versions", async () => {
    const folder = temporaryFolder("release-");
    for (const name of [".changeset", "package.json", "CHANGELOG.md", "create-evenkeel"]) {
      cpSync(name, join(folder, name), { recursive: true });
    }
    symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
    const git = (...args: string[]) =>
      succeed("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], folder);
    await git("init", "--quiet", "--initial-branch=main");
    await git("add", ".changeset", "package.json", "CHANGELOG.md");
    await git("commit", "--quiet", "--message", "Waiting changes");
    const waiting = changesIn(folder);
    await succeed(process.execPath, [resolve("node_modules", "@changesets", "cli", "bin.js"), "version"], folder);
    await succeed(process.execPath, [resolve("scripts", "build", "release-creator.js")], folder);

    const { version } = manifestIn(folder);
    const before = manifestIn(".").version;
    const creator = { version, dependencies: { evenkeel: version } };
    expect(manifestIn(join(folder, "create-evenkeel"))).toMatchObject(creator);
    const changelog = readFileSync(join(folder, "CHANGELOG.md"), "utf8");
    expect(changesIn(folder)).toEqual([]);
    expect(version === before).toBe(waiting.length === 0);
    expect(changelog).toMatch(/^# Changelog\n/);
    const newest = changelog.slice(0, changelog.indexOf(`## ${before}`));
    for (const words of waiting) expect(newest).toContain(words);
  });

  test("of create-evenkeel starts the same version of this package", () => {
    const { version } = manifestIn(".");
    expect(manifestIn("create-evenkeel")).toMatchObject({ version, dependencies: { evenkeel: version } });
  });
});

const manifestIn = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** The words of the changes that wait for a release. */
function changesIn(folder: string): string[] {
  const files = readdirSync(join(folder, ".changeset")).filter((name) => name.endsWith(".md") && name !== "README.md");
  return files.map((name) => {
    const [, , words = ""] = readFileSync(join(folder, ".changeset", name), "utf8").split(/^---$/m);
    return words.trim();
  });
}
