import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type StartedProcess, startProcess } from "../../terraform";
import { writeProject } from "../support/project-app";
import { standInProgram } from "../terraform/stand-in";

const root = resolve(__dirname, "..", "..");

describe("A rehearsal that is told to stop", () => {
  let project: string;
  let calls: string;
  let started: StartedProcess;
  let said = "";

  /** Rehearses with a stand-in for Terraform whose first apply never ends, and waits until it has begun. */
  async function rehearse(interrupts: number): Promise<void> {
    project = mkdtempSync(join(tmpdir(), "evenkeel-interrupt-"));
    calls = join(project, "calls");
    const app = `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`;
    writeProject(project, app);
    const scenario = { interrupts, waitFor: { call: "never", times: 1 } };
    started = startProcess(process.execPath, [join(root, "dist", "cli", "main.js"), "rehearse", "sandbox"], {
      cwd: project,
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        TERRAFORM_BINARY_NAME: standInProgram(project),
        CALLS: calls,
        SCENARIO: JSON.stringify(scenario),
      },
    });
    said = "";
    started.child.stderr?.on("data", (text) => {
      said += String(text);
    });
    await noted("apply begin");
  }

  const interruptions = () => readFileSync(calls, "utf8").match(/apply interrupted/g)?.length;

  async function noted(call: string): Promise<void> {
    while (!existsSync(calls) || !readFileSync(calls, "utf8").includes(call)) {
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  async function heard(words: string): Promise<void> {
    while (!said.includes(words)) await new Promise((done) => setTimeout(done, 20));
  }

  afterEach(async () => {
    started.child.kill("SIGKILL");
    await started.ended;
    rmSync(project, { recursive: true });
    // What a killed process leaves is removed by its watchdog, after it.
    while (readdirSync(tmpdir()).length > 0) await new Promise((done) => setTimeout(done, 20));
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s interrupts Terraform once and ends with %i", async (signal, code) => {
    await rehearse(1);
    started.child.kill(signal);
    expect(await started.ended).toMatchObject({ code });
    expect(interruptions()).toBe(1);
    expect(said).toMatch(/Stopping: Terraform finishes what it has started, and nothing else is started\./);
    expect(said).toMatch(/sandbox-data: .* failed:\nError: execution halted\nInterrupted: /);
  });

  test("twice says what the third time does, and goes on waiting for Terraform", async () => {
    await rehearse(99);
    started.child.kill("SIGTERM");
    await noted("apply interrupted");
    started.child.kill("SIGTERM");
    await heard("One more interrupt kills it");
    appendFileSync(calls, "never\n");
    expect(await started.ended).toMatchObject({ code: 143 });
    expect(readFileSync(calls, "utf8")).toContain("apply end");
    expect(interruptions()).toBe(1);
  });

  test("three times kills Terraform, and ends", async () => {
    await rehearse(99);
    started.child.kill("SIGTERM");
    await noted("apply interrupted");
    started.child.kill("SIGTERM");
    await heard("One more interrupt kills it");
    started.child.kill("SIGTERM");
    expect(await started.ended).toMatchObject({ code: 143 });
    expect(said).toContain("Killed. Run the same command again");
    expect(interruptions()).toBe(1);
    expect(readFileSync(calls, "utf8")).not.toContain("apply end");
  });
});
