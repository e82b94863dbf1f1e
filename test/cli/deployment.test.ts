import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deployDocument, destroyDocument } from "../../cli/documents/run";
import { unlockDocument } from "../../cli/documents/unlock";
import { type ProcessResult, runProcess, type StartedProcess, startProcess } from "../../terraform";
import { change, plan } from "../gates/plans";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";
import { type Scenario, standInProgram } from "../terraform/stand-in";

const root = resolve(__dirname, "..", "..");
const bin = join(root, "dist", "cli", "main.js");
const queue = [["aws_sqs_queue.q", "create"]] as const;

type Stacks = Readonly<Record<string, Scenario>>;

/** A project whose stacks are worked on by a stand-in for Terraform. */
class StandInProject {
  readonly folder = temporaryFolder("evenkeel-deployment-");
  private readonly log = join(this.folder, "calls");
  private readonly program = standInProgram(this.folder);

  constructor() {
    const app = `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`;
    writeProject(this.folder, app);
  }

  /** @param others what the stand-in finds where the project has no stack */
  env(stacks: Stacks, others: Scenario = {}): NodeJS.ProcessEnv {
    return {
      ...process.env,
      NO_COLOR: "1",
      TERRAFORM_BINARY_NAME: this.program,
      CALLS: this.log,
      STACKS: JSON.stringify(stacks),
      SCENARIO: JSON.stringify(others),
    };
  }

  run(args: readonly string[], stacks: Stacks, others?: Scenario): Promise<ProcessResult> {
    return runProcess(process.execPath, [bin, ...args], { cwd: this.folder, env: this.env(stacks, others) });
  }

  start(args: readonly string[], stacks: Stacks): StartedProcess {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return startProcess(process.execPath, [bin, ...args], {
      cwd: this.folder,
      env: this.env(stacks),
      stdio: [...stdio],
    });
  }

  calls(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, "utf8").trim().split("\n") : [];
  }

  begun(command: string): (string | undefined)[] {
    return this.calls()
      .filter((call) => call.endsWith(` ${command} begin`))
      .map((call) => call.split(" ")[0]);
  }

  note(line: string): void {
    appendFileSync(this.log, `${line}\n`);
  }

  async noted(call: string): Promise<void> {
    while (!this.calls().includes(call)) await new Promise((done) => setTimeout(done, 20));
  }

  /** Puts a local state where a stack has it. */
  state(stack: string): void {
    const folder = join(this.folder, ".evenkeel", "state");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${stack}.tfstate`), JSON.stringify({ version: 4 }));
  }

  path(stack: string, file: string): string {
    return join(this.folder, ".evenkeel", "deploy", "sandbox", "stacks", stack, file);
  }
}

const three: Stacks = {
  services: { dependencies: ["data", "keys"], changes: queue },
  data: { dependencies: ["keys"], changes: queue },
  keys: { changes: queue },
};

/** A lock in Terraform's words. */
const lock = {
  ID: "1-2-3",
  Path: "b/k",
  Operation: "OperationTypeApply",
  Who: "ann@laptop",
  Created: "2026-01-31 06:24:12 +0000 UTC",
};

describe("evenkeel deploy", () => {
  test("plans, checks and applies each stack in order, and prints how far each came", async () => {
    const project = new StandInProject();
    const { code, stdout } = await project.run(["deploy", "sandbox", "--auto-approve"], three);
    expect(code).toBe(0);
    expect(project.begun("apply")).toEqual(["sandbox-keys", "sandbox-data", "sandbox-services"]);
    expect(stdout).toMatch(/sandbox-keys\tdone\t1 added[\s\S]*sandbox-services\tdone\t1 added/);
  });

  test("applies nothing when a plan violates a gate, and names the violation", async () => {
    const project = new StandInProject();
    const loses = plan([change("aws_dynamodb_table.orders", ["delete", "create"])]);
    const { code, stdout } = await project.run(["deploy", "sandbox", "--auto-approve"], {
      ...three,
      data: { ...three.data, plan: loses },
    });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/no-data-loss[\s\S]*1 violation/)]);
    expect(project.begun("apply")).toEqual(["sandbox-keys"]);
  });

  test("without a terminal refuses before it does anything, and says how to go on", async () => {
    const project = new StandInProject();
    const { code, stderr } = await project.run(["deploy", "sandbox"], three);
    expect([code, stderr]).toEqual([1, expect.stringContaining("pass --auto-approve to go on without a question")]);
    expect(project.calls()).toEqual([]);
  });

  test("works on the stacks that it is told, and refuses others with the nearest", async () => {
    const project = new StandInProject();
    const args = ["deploy", "sandbox", "--auto-approve", "--stacks"];
    expect((await project.run([...args, "keys,sandbox-data"], three)).code).toBe(0);
    expect(project.begun("apply")).toEqual(["sandbox-keys", "sandbox-data"]);
    const { code, stderr } = await project.run([...args, "kes"], three);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/kes: is not a stack of sandbox; did you mean "keys"\?/)]);
  });

  test("prints one document alone on standard output, also where something failed", async () => {
    const args = ["deploy", "sandbox", "--auto-approve", "--json"];
    const done = await new StandInProject().run(args, { keys: { changes: queue } });
    expect(deployDocument.schema.parse(JSON.parse(done.stdout))).toMatchObject({
      environment: "sandbox",
      complete: true,
      stacks: [{ stack: "sandbox-keys", progress: "done", begun: 1 }],
      failure: null,
    });
    expect(done.stderr).toContain("sandbox-keys: planned, 1 added");
    const failed = await new StandInProject().run(args, { keys: { changes: queue, fails: "apply" } });
    expect([failed.code, deployDocument.schema.parse(JSON.parse(failed.stdout))]).toMatchObject([
      1,
      { complete: false, stacks: [{ progress: "failed" }], runAgain: "npx evenkeel deploy sandbox" },
    ]);
  });

  test("shows outputs that are meant for people, also of stacks without a change", async () => {
    const outputs = {
      url: { sensitive: false, value: "https://a.example" },
      key: { sensitive: true, value: "hidden" },
    };
    const { code, stdout } = await new StandInProject().run(["deploy", "sandbox", "--auto-approve"], {
      keys: { plan: { planned_values: { outputs } } },
    });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/sandbox-keys\s.*url\s.*https:\/\/a\.example/)]);
    expect(stdout).not.toMatch(/hidden|\bkey\b/);
  });

  test("refuses to leave a stack behind that stands and is no longer built, and names it for the file", async () => {
    const project = new StandInProject();
    const args = ["deploy", "sandbox", "--auto-approve"];
    project.state("sandbox-events");
    const resources = ["aws_cloudwatch_event_bus", "aws_iam_role"].map((type) => ({
      mode: "managed",
      type,
      name: "b",
    }));
    const { code, stderr } = await project.run(args, three, { stored: { resources } });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining(
        "  sandbox-events: 2 resources; of these hold data or keys: aws_cloudwatch_event_bus.b\nNothing was changed.",
      ),
    ]);
    expect(stderr).toContain('  leavingStacks: ["events"]');
    expect(project.begun("plan")).toEqual([]);
    // Part of a deployment, a first one, and a state that is empty by now.
    expect((await project.run([...args, "--stacks", "keys"], three, { stored: { resources } })).code).toBe(0);
    expect((await project.run([...args, "--first-deployment"], three, { stored: { resources } })).code).toBe(0);
    expect((await project.run(args, three, { stored: { resources: [] } })).code).toBe(0);
  });

  test("names the region of services that stand and are no longer built, also those of this checkout alone", async () => {
    const project = new StandInProject();
    for (const stack of ["services-eu-central-1", "services-eu-west-3"]) {
      project.state(`sandbox-${stack}`);
      mkdirSync(project.path(`sandbox-${stack}`, ".terraform"), { recursive: true });
    }
    const stored = { resources: [{ mode: "managed", type: "aws_iam_role", name: "a" }] };
    const { code, stderr } = await project.run(["deploy", "sandbox", "--auto-approve"], three, { stored });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('  regions: { leaving: ["eu-central-1", "eu-west-3"] }'),
    ]);
  });

  test("refuses to delete what is protected before AWS does, and says what to change first", async () => {
    const project = new StandInProject();
    // The file of the environment is checked, and names the code of its functions.
    symlinkSync(join(root, "services"), join(project.folder, "services"), "junction");
    const before = { deletion_protection: true };
    const loses = { resource_changes: [change("aws_lb.orders", ["delete"], { before })] };
    const { code, stderr } = await project.run(["deploy", "sandbox", "--auto-approve"], {
      ...three,
      data: { ...three.data, plan: loses },
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("sandbox-data: AWS deletes nothing with deletion protection."),
    ]);
    expect(project.begun("apply")).toEqual(["sandbox-keys"]);
  });

  test("fails when a Terraform is killed, starts nothing more, and says how to release its lock", async () => {
    const project = new StandInProject();
    const stacks: Stacks = { ...three, data: { ...three.data, killed: "apply" } };
    const { code, stdout, stderr } = await project.run(["deploy", "sandbox", "--auto-approve"], stacks);
    expect(code).toBe(1);
    expect(stderr).toContain("failed (signal SIGKILL)");
    expect(stderr).toContain("npx evenkeel unlock sandbox sandbox-data");
    expect(stdout).toMatch(/sandbox-keys\tdone[\s\S]*sandbox-data\tfailed[\s\S]*sandbox-services\tnot started/);
    expect(project.begun("plan")).toEqual(["sandbox-keys", "sandbox-data"]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "told to stop by %s interrupts Terraform once, and says what is done and what to run",
    async (signal, code) => {
      const project = new StandInProject();
      const data = { ...three.data, waitFor: { call: "never", times: 1 } };
      const { child, ended } = project.start(["deploy", "sandbox", "--auto-approve"], { ...three, data });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += String(text)));
      await project.noted("sandbox-data apply begin");
      child.kill(signal);
      expect(await ended).toMatchObject({ code });
      expect(project.calls().filter((call) => call.endsWith("interrupted"))).toEqual([
        "sandbox-data apply interrupted",
      ]);
      expect(said).toMatch(/sandbox-keys\tdone[\s\S]*sandbox-data\tinterrupted[\s\S]*sandbox-services\tnot started/);
      expect(said).toContain("npx evenkeel deploy sandbox");
    },
  );

  test("killed outright has Terraform finish what it has begun, and start nothing more", async () => {
    const project = new StandInProject();
    const data = { ...three.data, interrupts: 99, waitFor: { call: "go on", times: 1 } };
    const { child, ended } = project.start(["deploy", "sandbox", "--auto-approve"], { ...three, data });
    child.stdout?.resume();
    child.stderr?.resume();
    await project.noted("sandbox-data apply begin");
    child.kill("SIGKILL");
    await ended;
    await project.noted("sandbox-data apply interrupted");
    project.note("go on");
    await project.noted("sandbox-data apply end");
    expect(project.begun("plan")).toEqual(["sandbox-keys", "sandbox-data"]);
  });

  test("keeps a state that could not be stored, and refuses its stack until it is stored", async () => {
    const project = new StandInProject();
    const state = { lineage: "a", serial: 2, resources: [{ type: "aws_sqs_queue" }], outputs: {} };
    const args = ["deploy", "sandbox", "--auto-approve"];
    const failed = await project.run(args, { keys: { changes: queue, errored: "apply", state } });
    const file = join(".evenkeel", "deploy", "sandbox", "stacks", "sandbox-keys");
    const push = `terraform -chdir=${file} state push errored.tfstate`;
    expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining(push)]);
    for (const verb of ["deploy", "destroy"]) {
      const refused = await project.run([verb, "sandbox", "--auto-approve"], {
        keys: { stored: { ...state, serial: 1, resources: [] } },
      });
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(push)]);
    }
    expect(project.begun("plan")).toEqual(["sandbox-keys"]);
    expect(JSON.parse(readFileSync(project.path("sandbox-keys", "errored.tfstate"), "utf8"))).toEqual(state);
    const stored = await project.run(args, { keys: { changes: queue, stored: { ...state, serial: 3 } } });
    expect(stored.code).toBe(0);
    expect(existsSync(project.path("sandbox-keys", "errored.tfstate"))).toBe(false);
  });

  test("says how to release the lock that kept a state from being stored, and releases it while the state is not stored", async () => {
    const project = new StandInProject();
    const state = { lineage: "a", serial: 2, resources: [{ type: "aws_sqs_queue" }], outputs: {} };
    await project.run(["deploy", "sandbox", "--auto-approve"], { keys: { changes: queue, errored: "apply", state } });
    const keys = { lock, stored: { ...state, serial: 1, resources: [] } };
    const refused = await project.run(["deploy", "sandbox", "--auto-approve"], { keys });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /state push errored\.tfstate\n[\s\S]*is locked: by ann@laptop[\s\S]*npx evenkeel unlock sandbox sandbox-keys/,
    );
    const released = await project.run(["unlock", "sandbox", "keys", "--auto-approve"], { keys });
    expect([released.code, released.stdout]).toEqual([0, expect.stringContaining("sandbox-keys: released.")]);
  });

  test("says who holds a lock, since when, and how to release it", async () => {
    const project = new StandInProject();
    const { code, stderr } = await project.run(["deploy", "sandbox", "--auto-approve"], {
      keys: { lock, lockedFor: "plan" },
    });
    expect(code).toBe(1);
    expect(stderr).toContain(
      "The state of sandbox-keys is locked: by ann@laptop, since 2026-01-31 06:24:12 +0000 UTC, for: apply (lock 1-2-3).",
    );
    expect(stderr).toContain("npx evenkeel unlock sandbox sandbox-keys");
  });

  test("refuses while another process works with the same environment, and names it", async () => {
    const project = new StandInProject();
    const keys = { changes: queue, waitFor: { call: "go on", times: 1 } };
    const { child, ended } = project.start(["deploy", "sandbox", "--auto-approve"], { keys });
    child.stdout?.resume();
    child.stderr?.resume();
    await project.noted("sandbox-keys apply begin");
    for (const verb of ["deploy", "destroy"]) {
      const { code, stderr } = await project.run([verb, "sandbox", "--auto-approve"], { keys });
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          new RegExp(`sandbox in this checkout .* is in use by process ${child.pid} \\("evenkeel deploy sandbox"`),
        ),
      ]);
    }
    project.note("go on");
    expect(await ended).toMatchObject({ code: 0 });
  });

  test("takes over from a process that was killed", async () => {
    const project = new StandInProject();
    const keys = { changes: queue, waitFor: { call: "never", times: 1 } };
    const { child, ended } = project.start(["deploy", "sandbox", "--auto-approve"], { keys });
    child.stdout?.resume();
    child.stderr?.resume();
    await project.noted("sandbox-keys apply begin");
    child.kill("SIGKILL");
    await ended;
    await project.noted("sandbox-keys apply end");
    expect((await project.run(["deploy", "sandbox", "--auto-approve"], { keys: { changes: queue } })).code).toBe(0);
  });
});

describe("evenkeel destroy", () => {
  const gone = { ...plan([change("aws_sqs_queue.q", ["delete"])]) };
  const standing = (scenario: Scenario): Scenario => ({
    changes: [["aws_sqs_queue.q", "delete"]],
    plan: gone,
    ...scenario,
  });
  const all: Stacks = {
    keys: standing({}),
    data: standing({ dependencies: ["keys"] }),
    services: standing({ dependencies: ["data"] }),
  };

  test("plans everything first, then destroys each stack before those whose outputs it reads", async () => {
    const project = new StandInProject();
    const { code, stdout } = await project.run(["destroy", "sandbox", "--auto-approve", "--json"], all);
    expect([code, destroyDocument.schema.parse(JSON.parse(stdout))]).toMatchObject([0, { complete: true }]);
    expect(project.begun("apply")).toEqual(["sandbox-services", "sandbox-data", "sandbox-keys"]);
    expect(project.begun("destroy")).toHaveLength(3);
    expect(project.calls().indexOf("sandbox-services apply begin")).toBeGreaterThan(
      project.calls().lastIndexOf("sandbox-keys destroy end"),
    );
  });

  test("refuses while anything protected stands, and says which field to change", async () => {
    const project = new StandInProject();
    // The file of the environment is checked, and names the code of its functions.
    symlinkSync(join(root, "services"), join(project.folder, "services"), "junction");
    const table = change("aws_dynamodb_table.shipments_table", ["delete"], {
      before: { deletion_protection_enabled: true },
    });
    const { code, stderr } = await project.run(["destroy", "sandbox", "--auto-approve"], {
      ...all,
      data: { ...all.data, plan: plan([table]) },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /sandbox-data: aws_dynamodb_table\.shipments_table\n[\s\S]*tables\[1\]\.deletionProtection: false/,
    );
    expect(project.begun("apply")).toEqual([]);
  });

  test("goes on after a failure of one stack with none that it reads", async () => {
    const project = new StandInProject();
    const { code, stdout } = await project.run(["destroy", "sandbox", "--auto-approve"], {
      ...all,
      data: { ...all.data, fails: "apply" },
    });
    expect(code).toBe(1);
    expect(project.begun("apply")).toEqual(["sandbox-services", "sandbox-data"]);
    expect(stdout).toMatch(/sandbox-services\tdone[\s\S]*sandbox-data\tfailed[\s\S]*sandbox-keys\tnot started/);
  });

  test("plans from the state alone where what a stack reads is gone already", async () => {
    const project = new StandInProject();
    const { code } = await project.run(["destroy", "sandbox", "--auto-approve"], {
      keys: { empty: true },
      data: standing({ dependencies: ["keys"], fails: "destroy", refreshOnly: true }),
    });
    expect(code).toBe(0);
    expect(project.begun("apply")).toEqual(["sandbox-data"]);
  });

  test("without a terminal refuses before it does anything", async () => {
    const project = new StandInProject();
    const { code, stderr } = await project.run(["destroy", "sandbox"], all);
    expect([code, stderr]).toEqual([1, expect.stringContaining("pass --auto-approve")]);
    expect(project.calls()).toEqual([]);
  });
});

describe("evenkeel unlock", () => {
  const planned = { ...lock, Operation: "OperationTypePlan" };

  test("shows the lock, and releases it when told to", async () => {
    const project = new StandInProject();
    const stacks: Stacks = { keys: { lock: planned }, data: {} };
    const asked = await project.run(["unlock", "sandbox"], stacks);
    expect(asked.code).toBe(1);
    expect(asked.stdout).toMatch(/sandbox-keys\tann@laptop\t2026-01-31 06:24:12 \+0000 UTC\tplan\t1-2-3/);
    expect(asked.stderr).toContain("pass --auto-approve");
    const released = await project.run(["unlock", "sandbox", "keys", "--auto-approve"], stacks);
    expect([released.code, released.stdout]).toEqual([0, expect.stringContaining("sandbox-keys: released.")]);
  });

  test("prints the lock as a document, and what would have to be given, where nobody can be asked", async () => {
    const { code, stdout, stderr } = await new StandInProject().run(["unlock", "sandbox", "--json"], {
      keys: { lock },
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining("pass --auto-approve")]);
    expect(unlockDocument.schema.parse(JSON.parse(stdout))).toMatchObject({
      locks: [{ stack: "sandbox-keys", who: "ann@laptop", operation: "apply", id: "1-2-3" }],
      released: false,
    });
  });

  test("says that nothing is locked", async () => {
    const { code, stdout } = await new StandInProject().run(["unlock", "sandbox", "keys"], { keys: {} });
    expect([code, stdout]).toEqual([0, "No state of keys is locked.\n"]);
  });
});
