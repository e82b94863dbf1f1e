import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { otherSource } from "../../cli/deployment/same-source";
import { commitOf } from "../../rollout";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const folder = temporaryFolder("evenkeel-commit-");
const project = join(folder, "app");

const git = async (...args: string[]): Promise<void> => {
  const all = ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args];
  const { code, stderr } = await runProcess("git", all, { cwd: folder, env: process.env });
  if (code !== 0) throw new Error(stderr);
};
const write = (file: string, content: string): void => writeFileSync(join(project, file), content);

beforeAll(async () => {
  mkdirSync(project);
  await git("init", "--quiet", "--initial-branch", "main");
  write("config.ts", "one");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "one");
});

describe("What was planned", () => {
  test("is here too if the commit is another one with the same files, and is not with other files", async () => {
    await git("switch", "--quiet", "--create", "change");
    write("config.ts", "two");
    await git("commit", "--quiet", "--all", "--message", "two");
    const planned = { ...(await commitOf(project)), dirty: false };
    await git("switch", "--quiet", "main");
    const before = await commitOf(project);
    expect(before.tree).not.toBe(planned.tree);
    expect(otherSource(planned, before)).toEqual([
      `the files: planned at commit ${planned.commit} (tree ${planned.tree}), here is commit ${before.commit} (tree ${before.tree})`,
    ]);
    await git("merge", "--quiet", "--no-ff", "change", "--message", "merged");
    const merged = await commitOf(project);
    expect([merged.commit === planned.commit, merged.tree]).toEqual([false, planned.tree]);
    expect(otherSource(planned, merged)).toEqual([]);
  });

  test("is not here with files that differ from the commit, unless it was planned so; the bundle itself may lie there", async () => {
    const planned = { ...(await commitOf(project)), dirty: false };
    mkdirSync(join(project, "rollouts"));
    write("rollouts/app.rollout", "a bundle");
    expect((await commitOf(project)).differing).toEqual(["app/rollouts/app.rollout"]);
    expect((await commitOf(project, ["rollouts/app.rollout"])).differing).toEqual([]);
    write("config.ts", "three");
    for (const name of ["a", "b", "c", "d", "ü e"]) write(name, "");
    const here = await commitOf(project, ["rollouts/app.rollout"]);
    expect(here.differing).toContain("app/ü e");
    expect(otherSource(planned, here)).toEqual([
      `the files: planned from commit ${planned.commit} as it is, here differ from it: app/config.ts, app/a, app/b, app/c, app/d and 1 more`,
    ]);
    expect(otherSource({ ...planned, dirty: true }, here)).toEqual([]);
    await git("checkout", "--quiet", "--", ".");
    rmSync(project, { recursive: true });
    mkdirSync(project);
    await git("checkout", "--quiet", "--", ".");
  });

  test("outside of a repository has neither commit nor tree", async () => {
    const none = await commitOf(temporaryFolder("evenkeel-no-commit-"));
    expect(none).toEqual({ commit: null, tree: null, differing: [] });
    expect(otherSource({ commit: null, tree: null, dirty: false }, none)).toEqual([]);
    expect(otherSource({ ...(await commitOf(project)), dirty: false }, none)[0]).toMatch(/, here is no commit$/);
  });
});
