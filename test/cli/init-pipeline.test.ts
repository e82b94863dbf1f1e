import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import { type InitPipelineOptions, initPipeline } from "../../cli/commands/init-pipeline";
import { initPipelineDocument } from "../../cli/documents/init-pipeline";
import { pipe } from "../../output";
import type { PipelineSystem } from "../../scaffold/pipelines";
import { runProcess } from "../../terraform";
import { projectApp, writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";

const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
const drift = ".github/workflows/evenkeel-drift.yml";
const review = ".github/workflows/evenkeel-review.yml";
const rollout = ".github/workflows/evenkeel-rollout.yml";
const previews = ".github/workflows/evenkeel-previews.yml";

/** A folder for the pipeline of this project's environments. */
class PipelineFolder {
  readonly folder = temporaryFolder("evenkeel-pipeline-");

  run(system: PipelineSystem, options: InitPipelineOptions = {}): { readonly code: number; readonly text: string } {
    const { code, text } = initPipeline(system, options, this.folder);
    return { code, text: text(pipe) };
  }

  /** @returns the state of each file */
  states(code: number, system: PipelineSystem, options: InitPipelineOptions = {}): Readonly<Record<string, string>> {
    const ended = initPipeline(system, options, this.folder);
    expect(ended.code).toBe(code);
    return statesIn(ended.json);
  }

  read = (file: string): string => readFileSync(join(this.folder, file), "utf8");
  append = (file: string, text: string): void => appendFileSync(join(this.folder, file), text);
}

function statesIn(document: unknown): Readonly<Record<string, string>> {
  const { files } = initPipelineDocument.schema.parse(document) as {
    readonly files: { readonly path: string; readonly state: string }[];
  } & object;
  return Object.fromEntries(files.map(({ path, state }) => [path, state]));
}

/** The message of what was thrown. */
function refusal(what: () => unknown): string {
  try {
    what();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was refused");
}

describe("evenkeel init pipeline", () => {
  test("writes, keeps what was asked for, brings up to date, and removes what there is no longer", () => {
    const project = new PipelineFolder();
    const all = { [review]: "new", [rollout]: "new", [drift]: "new", [previews]: "new" };
    expect(project.states(1, "github", { check: true })).toEqual(all);
    expect(existsSync(join(project.folder, review))).toBe(false);
    expect(project.states(0, "github", { runner: "self-hosted", environments: ["prod", "dev"] })).toEqual(all);
    expect(project.read(review)).toContain("runs-on: self-hosted");
    expect(project.read(review)).toContain("  plan-dev:");
    expect(project.read(review)).not.toContain("plan-staging");
    const current = { [review]: "current", [rollout]: "current", [drift]: "current", [previews]: "current" };
    expect(project.states(0, "github", { check: true })).toEqual(current);
    // Previews have nothing to do with drift; only what was asked for is another one.
    const changed = { [review]: "outdated", [rollout]: "outdated", [drift]: "obsolete", [previews]: "outdated" };
    expect(project.states(0, "github", { drift: "none" })).toEqual(changed);
    expect(existsSync(join(project.folder, drift))).toBe(false);
    expect(project.read(review)).toContain("runs-on: self-hosted");
  });

  test("leaves alone what somebody edited, shows the difference, and overwrites it if told so", () => {
    const project = new PipelineFolder();
    project.states(0, "github");
    project.append(review, "# ours\n");
    expect(project.states(1, "github", { check: true })).toMatchObject({ [review]: "edited", [drift]: "current" });
    const refused = refusal(() => project.run("github", { runner: "self-hosted" }));
    expect(refused).toContain(`${review} was edited since it was written; nothing is written.`);
    expect(refused).toMatch(/^-# ours$/m);
    expect(refused).toMatch(/^\+ {4}runs-on: self-hosted$/m);
    expect(project.read(rollout)).toContain("runs-on: ubuntu-latest");
    expect(project.states(0, "github", { force: true })).toMatchObject({ [review]: "edited" });
    expect(project.read(review)).not.toContain("# ours");
  });

  test("includes its jobs in a file of GitLab that is not there, and leaves one that is to the project", () => {
    const project = new PipelineFolder();
    expect(project.states(0, "gitlab")).toEqual({ ".gitlab/evenkeel.yml": "new", ".gitlab-ci.yml": "new" });
    expect(project.read(".gitlab-ci.yml")).toBe("include:\n  - local: .gitlab/evenkeel.yml\n");
    writeFileSync(join(project.folder, ".gitlab-ci.yml"), "stages: [test]\n");
    const { code, text } = project.run("gitlab", { check: true });
    expect([code, text]).toEqual([1, expect.stringContaining("add to .gitlab-ci.yml, under include:")]);
    expect(project.read(".gitlab-ci.yml")).toBe("stages: [test]\n");
  });

  test("does not take a file of somebody else", () => {
    const project = new PipelineFolder();
    mkdirSync(join(project.folder, ".gitlab"));
    writeFileSync(join(project.folder, "atlantis.yaml"), "version: 3\n");
    expect(refusal(() => project.run("atlantis"))).toContain("atlantis.yaml was not written by this verb");
    expect(project.read("atlantis.yaml")).toBe("version: 3\n");
  });

  test.each<[string, PipelineSystem, InitPipelineOptions]>([
    ["sandbox: has its states in one checkout", "github", { environments: ["sandbox"] }],
    ["prd: is not an environment of this project", "github", { environments: ["prd"] }],
    ["--automatic: is not for github", "github", { automatic: ["dev"] }],
    ["--branch: is not the name of a branch", "github", { branch: "a b" }],
    ["--drift: is not a time as cron has it", "gitlab", { drift: "daily" }],
    ["--session-minutes: is not longer than the", "github", { sessionMinutes: 15 }],
    ["--install: is not a command of one line", "gitlab", { install: "a\nb" }],
    ["--repository: is not what Atlantis calls it", "atlantis", { repository: "acme" }],
  ])("refuses, with %j, %s %j", (message, system, options) => {
    expect(refusal(() => new PipelineFolder().run(system, options))).toContain(message);
  });
});

describe("evenkeel init pipeline, as a process", () => {
  const folder = temporaryFolder("evenkeel-pipeline-");
  const run = (...args: string[]) =>
    runProcess(process.execPath, [bin, "init", "pipeline", ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    });

  beforeAll(() => {
    linkToolkit(folder);
    writeProject(folder, projectApp);
  });

  test("writes into the current folder, takes every option by its name, and prints one document", async () => {
    const github = ["--runner", "self-hosted", "--session-minutes", "120", "--on-alarm", "back", "--scan"];
    const { code, stdout, stderr } = await run("github", "--environments", "prod,dev", ...github, "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const all = { [review]: "new", [rollout]: "new", [drift]: "new", [previews]: "new" };
    expect(statesIn(JSON.parse(stdout))).toEqual(all);
    const written = readFileSync(join(folder, rollout), "utf8");
    expect(written).toContain("runs-on: self-hosted");
    expect(written).toContain("role-duration-seconds: 7200");
    expect(written).toContain("--on-alarm=back");
  });

  test("ends with 1 and a message on standard error for an option that does not fit", async () => {
    const { code, stdout, stderr } = await run("gitlab", "--drift", "daily");
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringContaining("--drift: is not a time as cron has it")]);
  });
});
