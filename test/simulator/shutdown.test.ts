import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startSimulator } from "../../simulator";
import { descendants, isRunning } from "../../simulator/process-tree";
import { runTerraform } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const script = path.join(__dirname, "fixtures", "simulate.js");

let root: string;
/** Ends what still waits after a test has failed for its time. */
let over: boolean;

beforeEach(() => {
  over = false;
  root = temporaryFolder();
  const config = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: { region: "us-east-1" } },
    resource: { aws_sqs_queue: { q: { name: "q" } } },
  };
  writeFileSync(path.join(root, "main.tf.json"), JSON.stringify(config));
});

afterEach(() => {
  over = true;
});

interface Run {
  child: ChildProcess;
  /** What it said so far on both streams. */
  said: () => string;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** Sockets of providers go below a folder of their own, so that leftovers of this test can be told from others'. */
function simulate(...command: string[]): Run {
  const child = spawn(process.execPath, [script, path.join(root, "cloud"), ...command], {
    cwd: root,
    env: { ...process.env, TMPDIR: root },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (text += String(chunk)));
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal })),
  );
  return { child, said: () => text, ended };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition() && !over) await new Promise((resolve) => setTimeout(resolve, 50));
}

const sockets = (): string[] => readdirSync(root).filter((name) => name.startsWith("evenkeel-"));

describe("simulate", () => {
  test("returns the command's exit code and says what was simulated", async () => {
    const run = simulate("sh", "-c", "terraform init >/dev/null && terraform apply -auto-approve >/dev/null; exit 7");
    expect(await run.ended).toEqual({ code: 7, signal: null });
    expect(run.said()).toMatch(
      /nothing is created in AWS\.\n[\s\S]*1 created, 0 changed, 0 destroyed; nothing was created in AWS\.\n/,
    );
    expect(sockets()).toEqual([]);
  }, 60_000);

  test("keeps the user's AWS credentials and endpoints from the command", async () => {
    const run = simulate(
      "sh",
      "-c",
      'echo "[$AWS_PROFILE$AWS_SESSION_TOKEN$AWS_ENDPOINT_URL_S3]$AWS_ACCESS_KEY_ID$EVENKEEL_SIMULATED"',
    );
    await run.ended;
    expect(run.said()).toContain("[]simulatedcloud");
  }, 60_000);

  test("says that a command cannot be run", async () => {
    const run = simulate("no-such-command");
    expect((await run.ended).code).toBe(99);
    expect(run.said()).toContain('The command "no-such-command" cannot be run');
  }, 60_000);

  // What gets the signal is a shell that waits for what it started, as npx does.
  test.each([
    ["SIGINT", ["SIGINT"], "trap 'exit 130' INT; sleep 600; sleep 600", 130],
    ["SIGTERM", ["SIGTERM"], "sleep 600; true", 143],
    [
      "SIGTERM three times to a command that ignores it",
      ["SIGTERM", "SIGTERM", "SIGTERM"],
      "trap 'echo ignored' TERM; sleep 600; sleep 600; sleep 600",
      137,
    ],
  ] as const)(
    "leaves no process behind after %s",
    async (_what, signals, command, code) => {
      const run = simulate("sh", "-c", `echo begun; ${command}`);
      await until(() => run.said().includes("begun"));
      const family = descendants(run.child.pid ?? 0);
      expect(family.length).toBeGreaterThanOrEqual(3);
      for (const [sent, signal] of signals.entries()) {
        // Two signals at once would be one.
        await until(() => run.said().split("ignored").length > sent);
        run.child.kill(signal);
      }
      expect((await run.ended).code).toBe(code);
      expect(family.filter(isRunning)).toEqual([]);
      expect(sockets()).toEqual([]);
    },
    60_000,
  );

  test("leaves no provider behind when it is killed outright", async () => {
    // It says its own id: a later process does not have a larger one once ids have begun anew.
    const run = simulate("sh", "-c", "echo begun $$.; exec sleep 600");
    const told = () => /begun (\d+)\./.exec(run.said())?.[1];
    await until(() => told() !== undefined);
    const family = descendants(run.child.pid ?? 0);
    const command = Number(told());
    expect(family).toContain(command);
    run.child.kill("SIGKILL");
    await until(() => !family.some((pid) => pid !== command && isRunning(pid)));
    await until(() => sockets().length === 0);
    expect(family.filter(isRunning)).toEqual([command]);
    if (isRunning(command)) process.kill(command, "SIGKILL");
  }, 60_000);
});

describe("startSimulator", () => {
  test("leaves no process behind after stop, also when it is called twice", async () => {
    const before = new Set(descendants(process.pid));
    const simulator = await startSimulator({ directory: path.join(root, "cloud") });
    const env = { ...process.env, ...simulator.env };
    expect((await runTerraform(["init"], { cwd: root, env, terraform: simulator.terraform })).code).toBe(0);
    expect((await runTerraform(["plan"], { cwd: root, env, terraform: simulator.terraform })).code).toBe(0);
    const started = descendants(process.pid).filter((pid) => !before.has(pid));
    expect(started.length).toBeGreaterThanOrEqual(2);
    await Promise.all([simulator.stop(), simulator.stop()]);
    expect(started.filter(isRunning)).toEqual([]);
  }, 60_000);
});
