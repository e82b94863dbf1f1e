import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import { initPipelineDocument } from "../../cli/documents/init-pipeline";
import { type ProcessResult, runProcess } from "../../terraform";
import { projectApp, writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";

const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
const drift = ".github/workflows/evenkeel-drift.yml";
const review = ".github/workflows/evenkeel-review.yml";
const rollout = ".github/workflows/evenkeel-rollout.yml";

/** A project with the environments of this one. */
class PipelineProject {
  readonly folder = temporaryFolder("evenkeel-pipeline-");

  constructor() {
    linkToolkit(this.folder);
    writeProject(this.folder, projectApp);
  }

  run(...args: string[]): Promise<ProcessResult> {
    const env = { ...process.env, NO_COLOR: "1" };
    return runProcess(process.execPath, [bin, "init", "pipeline", ...args], { cwd: this.folder, env });
  }

  /** @returns the state of each file */
  async states(code: number, ...args: string[]): Promise<Readonly<Record<string, string>>> {
    const ended = await this.run(...args, "--json");
    expect([ended.code, ended.stderr]).toEqual([code, ""]);
    const { files } = initPipelineDocument.schema.parse(JSON.parse(ended.stdout)) as {
      readonly files: { readonly path: string; readonly state: string }[];
    } & object;
    return Object.fromEntries(files.map(({ path, state }) => [path, state]));
  }

  read = (file: string): string => readFileSync(join(this.folder, file), "utf8");
  append = (file: string, text: string): void => appendFileSync(join(this.folder, file), text);
}

describe("evenkeel init pipeline", () => {
  test("writes, keeps what was asked for, brings up to date, and removes what there is no longer", async () => {
    const project = new PipelineProject();
    const all = { [review]: "new", [rollout]: "new", [drift]: "new" };
    expect(await project.states(1, "github", "--check")).toEqual(all);
    expect(existsSync(join(project.folder, review))).toBe(false);
    expect(await project.states(0, "github", "--runner", "self-hosted", "--environments", "prod,dev")).toEqual(all);
    expect(project.read(review)).toContain("runs-on: self-hosted");
    expect(project.read(review)).toContain("  plan-dev:");
    expect(project.read(review)).not.toContain("plan-staging");
    const current = { [review]: "current", [rollout]: "current", [drift]: "current" };
    expect(await project.states(0, "github", "--check")).toEqual(current);
    const changed = { [review]: "outdated", [rollout]: "outdated", [drift]: "obsolete" };
    expect(await project.states(0, "github", "--drift", "none")).toEqual(changed);
    expect(existsSync(join(project.folder, drift))).toBe(false);
    expect(project.read(review)).toContain("runs-on: self-hosted");
  });

  test("leaves alone what somebody edited, shows the difference, and overwrites it if told so", async () => {
    const project = new PipelineProject();
    await project.states(0, "github");
    project.append(review, "# ours\n");
    expect(await project.states(1, "github", "--check")).toMatchObject({ [review]: "edited", [drift]: "current" });
    const refused = await project.run("github", "--runner", "self-hosted");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`${review} was edited since it was written; nothing is written.`);
    expect(refused.stderr).toMatch(/^-# ours$/m);
    expect(refused.stderr).toMatch(/^\+ {4}runs-on: self-hosted$/m);
    expect(project.read(rollout)).toContain("runs-on: ubuntu-latest");
    expect(await project.states(0, "github", "--force")).toMatchObject({ [review]: "edited" });
    expect(project.read(review)).not.toContain("# ours");
  });

  test("includes its jobs in a file of GitLab that is not there, and leaves one that is to the project", async () => {
    const project = new PipelineProject();
    expect(await project.states(0, "gitlab")).toEqual({ ".gitlab/evenkeel.yml": "new", ".gitlab-ci.yml": "new" });
    expect(project.read(".gitlab-ci.yml")).toBe("include:\n  - local: .gitlab/evenkeel.yml\n");
    writeFileSync(join(project.folder, ".gitlab-ci.yml"), "stages: [test]\n");
    const { code, stdout } = await project.run("gitlab", "--check");
    expect([code, stdout]).toEqual([1, expect.stringContaining("add to .gitlab-ci.yml, under include:")]);
    expect(project.read(".gitlab-ci.yml")).toBe("stages: [test]\n");
  });

  test("does not take a file of somebody else", async () => {
    const project = new PipelineProject();
    mkdirSync(join(project.folder, ".gitlab"));
    writeFileSync(join(project.folder, "atlantis.yaml"), "version: 3\n");
    const { code, stderr } = await project.run("atlantis");
    expect([code, stderr]).toEqual([1, expect.stringContaining("atlantis.yaml was not written by this verb")]);
    expect(project.read("atlantis.yaml")).toBe("version: 3\n");
  });

  test.each([
    ["sandbox: has its states in one checkout", ["github", "--environments", "sandbox"]],
    ["prd: is not an environment of this project", ["github", "--environments", "prd"]],
    ["--automatic: is not for github", ["github", "--automatic", "dev"]],
    ["--branch: is not the name of a branch", ["github", "--branch", "a b"]],
    ["--drift: is not a time as cron has it", ["gitlab", "--drift", "daily"]],
    ["--session-minutes: is not longer than the", ["github", "--session-minutes", "15"]],
    ["--install: is not a command of one line", ["gitlab", "--install", "a\nb"]],
    ["--repository: is not what Atlantis calls it", ["atlantis", "--repository", "acme"]],
  ])("refuses, with %j, %j", async (message, args) => {
    const { code, stderr } = await new PipelineProject().run(...args);
    expect([code, stderr.replace(/\s+/g, " ")]).toEqual([1, expect.stringContaining(message)]);
  });
});
