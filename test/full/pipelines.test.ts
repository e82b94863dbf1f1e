import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import { pipelineSystems } from "../../scaffold/pipelines";
import { type ProcessResult, runProcess } from "../../terraform";
import { differentFiles } from "../scaffold/pipelines/combinations";
import { lintersOf } from "../scaffold/pipelines/linters";
import { temporaryFolder } from "../support/temporary-folder";

jest.setTimeout(15 * 60_000);

const root = resolve(__dirname, "..", "..");
const bin = join(root, "dist", "cli", "main.js");

describe.each(pipelineSystems)("Every combination of the options of %s", (system) => {
  const files = differentFiles(system, true);

  test.each(Object.entries(lintersOf(system)))("is what %s accepts", (_, lint) => {
    expect(files.length).toBeGreaterThan(50);
    expect(lint(files)).toEqual([]);
  });
});

describe("The pipeline of GitLab", () => {
  const project = temporaryFolder("pipeline-");
  const programs = join(temporaryFolder("programs-"), "bin");
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", CI: "1", PATH: `${programs}:${process.env.PATH}` };

  const write = (file: string, content: string): void => {
    mkdirSync(resolve(project, file, ".."), { recursive: true });
    writeFileSync(join(project, file), content);
  };
  const run = (program: string, ...args: string[]): Promise<ProcessResult> =>
    runProcess(program, args, { cwd: project, env });

  const environment = (name: string, rollout: object) => ({
    name,
    description: "Rolled out by a pipeline",
    stage: "foundation",
    disposable: true,
    account: "111111111111",
    regions: { home: "eu-west-1", standby: ["eu-central-1"] },
    state: {
      backend: "s3",
      bucket: "shop-states",
      region: "eu-north-1",
      keyPrefix: `evenkeel/${name}`,
      kmsKeyArn: "arn:aws:kms:eu-north-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    },
    alerts: { emails: ["shop@example.com"] },
    tables: [],
    services: [],
    spendGuard: { monthlyLimitUsd: 200, emails: ["shop@example.com"] },
    rollout,
  });

  beforeAll(async () => {
    linkToolkit(project);
    for (const [name, rollout] of Object.entries({ dev: {}, prod: { promotion: { from: "dev" } } })) {
      const input = JSON.stringify(environment(name, rollout), null, 2);
      write(
        `environments/${name}.ts`,
        `import { defineEnvironment } from "evenkeel";\nexport default defineEnvironment(${input});\n`,
      );
    }
    write(
      "evenkeel.config.ts",
      [
        'import { defineEnvironment, definePreviews, defineProject } from "evenkeel";',
        'import dev from "./environments/dev";',
        'import prod from "./environments/prod";',
        "",
        'const state = { ...dev.input.state, keyPrefix: "evenkeel/previews" };',
        "const environment = ({ name }) => defineEnvironment({ ...dev.input, name, state });",
        'const previews = definePreviews({ prefix: "mr", environment });',
        "export default defineProject({ environments: [prod, dev], previews });",
        "",
      ].join("\n"),
    );
    write("main.ts", 'import { synthesizeProject } from "evenkeel";\n\nsynthesizeProject();\n');
    write("cdktf.json", JSON.stringify({ language: "typescript", app: "node --require evenkeel/register main.ts" }));
    const linked = ["dist", "forecast", "handlers", "node_modules", "package*.json", "runtime", "services"];
    const written = [".evenkeel", ".gitlab-ci-local", "cdktf.out", "rollouts", "plan.*", "*.sarif"];
    write(".gitignore", [...linked, ...written, ""].join("\n"));
    // The program is the one under test. What asks npm's registry only says so; prod is one that somebody has changed by hand.
    mkdirSync(programs);
    writeFileSync(
      join(programs, "npx"),
      [
        "#!/bin/sh",
        "shift",
        'case "$1" in',
        "  audit) echo 'not asked in this test'; echo '{}' > audit.sarif; exit 0 ;;",
        '  drift) if [ "$2" = prod ]; then exit 2; fi ;;',
        "esac",
        `exec "${process.execPath}" "${bin}" "$@"`,
        "",
      ].join("\n"),
    );
    chmodSync(join(programs, "npx"), 0o755);
    symlinkSync(process.execPath, join(programs, "node"));
    const init = ["init", "pipeline", "gitlab", "--install", "echo packages are there", "--automatic", "dev,prod"];
    expect(await run(process.execPath, bin, ...init)).toMatchObject({ code: 0 });
    const author = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    await run("git", "init", "--quiet", "--initial-branch", "main");
    await run("git", "add", "--all");
    expect(await run("git", ...author, "commit", "--quiet", "--message", "one")).toMatchObject({ code: 0 });
    await run("git", "remote", "add", "origin", "git@gitlab.example.com:acme/platform.git");
  });

  const roles = ["dev", "prod"].flatMap((name) =>
    ["PLAN", "APPLY"].flatMap((role) => [
      "--variable",
      `EVENKEEL_${role}_ROLE_${name.toUpperCase()}=arn:aws:iam::111111111111:role/evenkeel-${name}`,
    ]),
  );

  /** Runs jobs on this machine, with one simulated cloud for all of them. */
  const pipeline = (source: string, ...rest: string[]): Promise<ProcessResult> =>
    run(
      process.execPath,
      bin,
      "simulate",
      "--",
      process.execPath,
      require.resolve("gitlab-ci-local/src/index.js"),
      "--force-shell-executor",
      "--variable",
      `CI_PIPELINE_SOURCE=${source}`,
      ...rest,
    );

  test("checks and plans what a merge request would do", async () => {
    const same = ["CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1", "CI_PROJECT_ID=1"].flatMap((one) => ["--variable", one]);
    const { code, stdout, stderr } = await pipeline("merge_request_event", ...same, ...roles);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    for (const job of ["check", "review-dev", "review-prod"]) {
      expect(stdout).toMatch(new RegExp(`PASS +evenkeel-${job}\\b`));
    }
    expect(stdout).not.toMatch(/^evenkeel-(plan|apply|drift)-/m);
    expect(stdout).toMatch(/evenkeel-review-prod +> Promotion: not settled in dev yet/);
  });

  test("deploys a preview of a merge request with the label, and destroys it", async () => {
    const request = [
      "CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1",
      "CI_PROJECT_ID=1",
      "CI_MERGE_REQUEST_IID=7",
      "CI_MERGE_REQUEST_LABELS=urgent,preview",
      "EVENKEEL_APPLY_ROLE_MR=arn:aws:iam::111111111111:role/evenkeel-mr",
    ].flatMap((one) => ["--variable", one]);
    const deployed = await pipeline("merge_request_event", ...request, ...roles);
    expect([deployed.code, deployed.stderr]).toEqual([0, expect.any(String)]);
    expect(deployed.stdout).toMatch(/PASS +evenkeel-preview\b/);
    expect(deployed.stdout).toMatch(/evenkeel-preview +> mr-7-keys\tdone/);
    expect(deployed.stdout).not.toMatch(/^evenkeel-preview-(stop|sweep)\b/m);
    const swept = await pipeline("schedule", "--variable", "EVENKEEL_SCHEDULE=previews", ...request);
    expect(swept.stdout).toMatch(/evenkeel-preview-sweep +> No preview has expired/);
    expect(swept.stdout).toMatch(/evenkeel-preview-sweep +> mr-7\t/);
    const stopped = await pipeline("merge_request_event", ...request, "evenkeel-preview-stop");
    expect(stopped.stdout).toMatch(/evenkeel-preview-stop +> mr-7-keys\tdone\t\d+ destroyed/);
    const empty = await pipeline("schedule", "--variable", "EVENKEEL_SCHEDULE=previews", ...request);
    expect(empty.stdout).not.toContain("mr-7");
  });

  test("applies dev after the merge, and prod once that has settled", async () => {
    write("rollouts/dev-old.rollout", "of an earlier job, in a folder that nobody cleaned");
    const { code, stdout } = await pipeline("push", ...roles);
    expect(code).toBe(0);
    const finished = [...stdout.matchAll(/^(evenkeel-\S+) +finished/gm)].map(([, job]) => job);
    expect(finished).toEqual(["plan-dev", "apply-dev", "plan-prod", "apply-prod"].map((job) => `evenkeel-${job}`));
    expect(stdout).toMatch(/evenkeel-apply-prod +> evidence\tyes\t/);
    expect(stdout).toMatch(/evenkeel-apply-prod +> prod-keys\tapplied/);
  });

  test("does not start without the role of a job", async () => {
    const { code, stdout, stderr } = await pipeline("push", "evenkeel-plan-dev");
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("EVENKEEL_PLAN_ROLE_DEV: has to be the ARN of the role that has to plan dev");
  });

  test("looks for drift, and does not fail where there is some", async () => {
    const scheduled = ["--variable", "EVENKEEL_SCHEDULE=drift"];
    const { code, stdout } = await pipeline("schedule", ...scheduled, ...roles);
    expect(code).toBe(0);
    expect(stdout).toMatch(/PASS +evenkeel-drift-dev\b/);
    expect(stdout).toContain("dev: nothing has changed beside Terraform.");
    expect(stdout).toMatch(/WARN +evenkeel-drift-prod\b/);
    expect(stdout).not.toMatch(/^evenkeel-(plan|apply|review)-/m);
  });
});
