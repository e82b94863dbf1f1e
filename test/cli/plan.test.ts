import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleShowDocument } from "../../cli/documents/bundle-show";
import { planDocument } from "../../cli/documents/plan";
import { type ProcessResult, runProcess } from "../../terraform";
import { change, plan } from "../gates/plans";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";
import { type Scenario, standInEnv } from "../terraform/stand-in";

const folder = temporaryFolder("evenkeel-plan-");
writeProject(folder, `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`);
symlinkSync(resolve(__dirname, "..", "..", "services"), join(folder, "services"), "junction");
const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

const secret = "hunter2";
const secretPlan = plan([change("aws_sqs_queue.q", ["create"], { after: { policy: secret } })]);
const two = {
  keys: { changes: [["aws_sqs_queue.q", "create"]], plan: secretPlan },
  data: { dependencies: ["keys"] },
} satisfies Readonly<Record<string, Scenario>>;

function evenkeel(
  args: readonly string[],
  stacks: Readonly<Record<string, Scenario>> = two,
  env: NodeJS.ProcessEnv = {},
): Promise<ProcessResult> {
  return runProcess(process.execPath, [bin, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      ...standInEnv(folder, stacks),
      EVENKEEL_SIMULATED: undefined,
      ...env,
    },
  });
}

const planning = ["plan", "sandbox", "--first-deployment"];
const step = { GITHUB_STEP_SUMMARY: join(folder, "summary"), GITHUB_OUTPUT: join(folder, "outputs") };

describe("evenkeel plan", () => {
  test("ends with 0, or with 2 for changes where the exit code is to be detailed, and shows no value", async () => {
    const { code, stdout } = await evenkeel([...planning, "--json", "--detailed-exitcode"]);
    expect([code, stdout]).toEqual([2, expect.stringContaining('"hasChanges": true')]);
    expect(planDocument.schema.parse(JSON.parse(stdout))).toMatchObject({
      stacks: [
        { stack: "sandbox-keys", hasChanges: true, resources: [{ address: "aws_sqs_queue.q", outcome: "added" }] },
        { stack: "sandbox-data", hasChanges: false, regions: [] },
      ],
    });
    expect(stdout).not.toContain(secret);
    expect((await evenkeel([...planning, "--detailed-exitcode"], { keys: {} })).code).toBe(0);
  });

  test("writes a bundle that bundle show reads, and what a workflow shows; no value of a plan is in it", async () => {
    const args = [...planning, "--out", "rollouts", "--github", "--gitlab", "report.json"];
    const { code, stderr } = await evenkeel(args, two, step);
    expect([code, stderr]).toEqual([0, expect.anything()]);
    const [name = ""] = readdirSync(join(folder, "rollouts"));
    const bundle = join("rollouts", name);
    const digest = /-([0-9a-f]{64})\./.exec(name)?.[1];
    const outputs = readFileSync(step.GITHUB_OUTPUT, "utf8");
    expect(outputs).toBe(`bundle=${bundle}\ndigest=${digest}\nhas-changes=true\npassed=true\n`);
    expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toEqual({ create: 1, update: 0, delete: 0 });
    const summary = readFileSync(step.GITHUB_STEP_SUMMARY, "utf8");
    expect(summary).toContain("**1 of 2 stacks changes: 1 added.** The gates refuse nothing.");

    const shown = await evenkeel(["bundle", "show", bundle, "--json"]);
    expect(bundleShowDocument.schema.parse(JSON.parse(shown.stdout))).toMatchObject({
      environment: "sandbox",
      digest,
      stacks: [{ counts: { added: 1 } }, { hasChanges: false }],
    });
    const markdown = await evenkeel(["bundle", "show", bundle, "--markdown"]);
    expect(markdown.stdout.trim().split("\n").slice(1)).toEqual(
      // The summary was made before the bundle had a name.
      expect.arrayContaining([
        "**1 of 2 stacks changes: 1 added.** The gates refuse nothing.",
        "- added `aws_sqs_queue.q`",
      ]),
    );
    for (const text of [summary, shown.stdout, markdown.stdout, stderr]) expect(text).not.toContain(secret);
  });

  test("ends with 1 for what the gates refuse, and annotates it; there is no bundle", async () => {
    const loses = plan([change("aws_dynamodb_table.orders", ["delete", "create"])]);
    const stacks = { keys: { changes: [["aws_dynamodb_table.orders", "replace"]], plan: loses } } as const;
    const { code, stderr } = await evenkeel(
      [...planning, "--out", "refused", "--github", "--detailed-exitcode"],
      stacks,
      step,
    );
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("::error title=no-data-loss::sandbox-keys aws_dynamodb_table.orders: "),
    ]);
    expect(existsSync(join(folder, "refused"))).toBe(false);
  });

  test("marks a run whose plan fails", async () => {
    const { code, stderr } = await evenkeel([...planning, "--github"], { keys: { fails: "plan" } }, step);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("::error title=sandbox::The rollout could not be planned"),
    ]);
  });
});

describe("evenkeel plan --base", () => {
  const git = async (...args: string[]): Promise<string> => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    const { code, stdout, stderr } = await runProcess("git", [...who, ...args], { cwd: folder, env: process.env });
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const planWith = async (base: string, env: NodeJS.ProcessEnv = {}) => {
    const end = await evenkeel([...planning, "--json", "--base", base], two, env);
    return { ...end, document: JSON.parse(end.stdout) };
  };
  const same = { unchanged: ["sandbox-keys", "sandbox-data"], stacks: [], hasChanges: false, figureChanges: [] };

  test("plans nothing that is the same in a commit, which is checked out beside this one for that time alone", async () => {
    await git("init", "--quiet", "--initial-branch", "main");
    await git("add", "cdktf.json", "evenkeel.config.ts");
    await git("commit", "--quiet", "--message", "A project");
    const { document, stderr } = await planWith("main", {
      // Has the app of this test name one place of states for both.
      EVENKEEL_SIMULATED: join(folder, "simulated"),
    });
    expect(document).toMatchObject({
      ...same,
      base: { given: "main", kind: "commit", commit: await git("rev-parse", "main") },
    });
    expect(document.base.withoutFigures).toContain("the commit could not say them");
    expect(stderr).toContain("the base\n");
    expect((await git("worktree", "list")).split("\n")).toHaveLength(1);
    expect(existsSync(join(folder, "simulated", "deploy", "sandbox.base"))).toBe(false);
  });

  test("removes the commit's work tree where its app fails, and says what failed", async () => {
    writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ app: "exit 3" }));
    await git("commit", "--quiet", "--all", "--message", "Nothing works");
    const broken = await git("rev-parse", "HEAD");
    await git("reset", "--quiet", "--hard", "HEAD~1");
    const { code, document } = await planWith(broken);
    expect([code, document.error.message]).toEqual([1, expect.stringContaining("synthesis of sandbox failed")]);
    expect((await git("worktree", "list")).split("\n")).toHaveLength(1);
  });

  test("compares with a bundle, figures included, and is refused for one of another environment or a changed one", async () => {
    await evenkeel([...planning, "--out", "bases"]);
    const [name = ""] = readdirSync(join(folder, "bases"));
    const { document } = await planWith(join("bases", name));
    expect(document).toMatchObject({ ...same, base: { kind: "bundle", withoutFigures: null } });
    const text = await evenkeel([...planning, "--base", join("bases", name)]);
    expect(text.stdout).toContain("Unchanged, and not planned: sandbox-keys, sandbox-data.");
    writeFileSync(join(folder, "bases", name), "changed");
    expect((await planWith(join("bases", name))).document.error.message).toContain(
      "is not the bundle that was written",
    );
  });

  test("compares with a folder, whose figures are not known, but not with the one that it plans in", async () => {
    cpSync(join(folder, ".evenkeel", "deploy", "sandbox"), join(folder, "before"), { recursive: true });
    const { document } = await planWith("before");
    expect(document).toMatchObject({
      ...same,
      base: { kind: "folder", withoutFigures: expect.stringContaining("folder") },
    });
    const itself = await planWith(join(".evenkeel", "deploy", "sandbox"));
    expect(itself.document.error.message).toContain("is the folder that sandbox is planned in");
  });

  test("is refused for what is nothing of that", async () => {
    const { code, document } = await planWith("nowhere");
    expect([code, document.error.message]).toEqual([1, expect.stringContaining("--base: nowhere is neither a commit")]);
  });

  test("leaves out what is not chosen", async () => {
    const { stdout } = await evenkeel([...planning, "--json", "--stacks", "keys"]);
    expect(JSON.parse(stdout)).toMatchObject({ stacks: [{ stack: "sandbox-keys" }], leftOut: ["sandbox-data"] });
  });
});

describe("evenkeel locks", () => {
  test("does not run in the simulated cloud, where providers are not installed", async () => {
    const { code, stderr } = await evenkeel(["locks", "sandbox"], two, { EVENKEEL_SIMULATED: "simulated" });
    expect([code, stderr]).toEqual([1, expect.stringContaining("run it outside of the simulated cloud")]);
  });

  test("writes one file for each stack, for all platforms", async () => {
    const { code, stdout } = await evenkeel(["locks", "sandbox", "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      {
        verb: "locks",
        version: 1,
        environment: "sandbox",
        files: [join("locks", "sandbox-keys.hcl"), join("locks", "sandbox-data.hcl")],
        platforms: ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"],
        complete: true,
        reason: null,
        providers: [{ source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" }],
      },
    ]);
    const [keys, data] = ["keys", "data"].map((name) =>
      readFileSync(join(folder, "locks", `sandbox-${name}.hcl`), "utf8"),
    );
    expect(keys).toMatch(/-platform=linux_amd64 .*-platform=windows_amd64/);
    expect(data).toBe(keys);
  });
});
