import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { errorDocument } from "../../cli/document";
import { documents } from "../../cli/documents";
import { type ProcessResult, runProcess } from "../../terraform";
import { change, plan } from "../gates/plans";
import { writeProject } from "../support/project-app";

const root = resolve(__dirname, "..", "..");
const minutes = 60_000;

/** A folder of a project, with an app of its own, so that no verb builds what other tests run. */
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "evenkeel-verbs-"));
  const app = `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`;
  writeProject(project, app);
});
afterAll(() => rmSync(project, { recursive: true }));

interface Run {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** A package that throws when it is loaded. */
  readonly broken?: string;
}

/** Runs the command line as installed; nothing is fetched where the project has the provider already. */
function evenkeel(args: readonly string[], { env, cwd = project, broken }: Run = {}): Promise<ProcessResult> {
  const preloaded = broken ? ["--require", join(__dirname, "fixtures", "break-dependency.js")] : [];
  const cache = join(root, ".evenkeel", "providers");
  return runProcess(process.execPath, [...preloaded, join(root, "dist", "cli", "main.js"), ...args], {
    cwd,
    env: {
      ...process.env,
      NO_COLOR: "1",
      TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR ?? (existsSync(cache) ? cache : undefined),
      BROKEN: broken,
      ...env,
    },
  });
}

/** A message for the user: exit code, words, and no stack trace. */
async function expectMessage(run: Promise<ProcessResult>, code: number, message: string | RegExp): Promise<void> {
  const { code: actual, stderr } = await run;
  const words = typeof message === "string" ? expect.stringContaining(message) : expect.stringMatching(message);
  expect([actual, stderr]).toEqual([code, words]);
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
}

/** The document that a verb prints, as its schema says; it is alone on standard output. */
async function documentOf(run: Promise<ProcessResult>, code = 0): Promise<Record<string, unknown>> {
  const { code: actual, stdout, stderr } = await run;
  expect([actual, stderr]).toEqual([code, stderr]);
  const { verb } = JSON.parse(stdout) as { verb?: string };
  const type = documents.find((each) => each.verb === verb);
  if (!type) throw new Error(`${stdout} is the document of no verb`);
  return type.schema.parse(JSON.parse(stdout));
}

function file(name: string, content: unknown): string {
  const path = join(project, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("evenkeel", () => {
  test.each([
    [["demmo"], "unknown command 'demmo'"],
    [["describe"], "missing required argument 'environment'"],
    [["describe", "prod", "--all"], "unknown option '--all'"],
    [["gate"], "missing required argument 'plan.json'"],
    [[], "Usage: evenkeel"],
  ])("ends with 1 for %j and shows the usage", (args, message) => expectMessage(evenkeel(args), 1, message));

  test.each([
    [["simulate", "--", "node", "--version"], "@grpc/grpc-js"],
    [["demo"], "@grpc/grpc-js"],
    [["describe", "prod"], "cli-table3"],
    [["gate", "plan.json"], "cli-table3"],
    [["topology", "sandbox"], "elkjs/lib/elk.bundled.js"],
    [["recovery", "prod"], "cli-table3"],
    [["warm", "advise", "prod"], "cli-table3"],
    [["report", "prod"], "cdktf"],
    [["account", "prod"], "cdktf"],
    [["deploy", "sandbox", "--auto-approve"], "cli-table3"],
    [["destroy", "sandbox", "--auto-approve"], "cli-table3"],
    [["unlock", "sandbox"], "cli-table3"],
    [["rehearse", "sandbox"], "@grpc/grpc-js"],
    [["inventory"], "cli-table3"],
  ])(
    "%j keeps the stack trace of a defect",
    async (args, broken) => {
      file("plan.json", plan([]));
      const { code, stderr } = await evenkeel(args, { broken });
      expect([code, stderr]).toEqual([1, expect.stringMatching(/TypeError: .* is broken\n\s+at .*:\d+:\d+/)]);
    },
    minutes,
  );

  // The demo's success is proven in test/full/demo.test.ts.
  test.each([["demo"], ["rehearse", "sandbox"], ["simulate", "--", "node", "--version"]])(
    "%s says that Terraform is missing, and how to get it",
    (...args) =>
      expectMessage(
        evenkeel(args, { env: { TERRAFORM_BINARY_NAME: "no-such-terraform" } }),
        1,
        /Terraform is missing: "no-such-terraform" is not on PATH; install Terraform 1\.11\.0 or later/,
      ),
    minutes,
  );
});

describe("evenkeel simulate", () => {
  test(
    "ends as the command does, and says that nothing was created",
    async () => {
      const run = (code: number) => evenkeel(["simulate", "--", process.execPath, "-e", `process.exit(${code})`]);
      expect(await run(0)).toMatchObject({ code: 0, stderr: expect.stringContaining("nothing was created in AWS") });
      expect((await run(7)).code).toBe(7);
      const printed = "process.stdout.write('of the command'); process.exit(3)";
      const simulated = evenkeel(["simulate", "--json", "--", process.execPath, "-e", printed]);
      expect(await documentOf(simulated, 3)).toMatchObject({ exitCode: 3, created: 0, interrupted: null });
      expect((await simulated).stderr).toContain("of the command");
    },
    minutes,
  );

  test(
    "says that a command cannot be run",
    () => expectMessage(evenkeel(["simulate", "--", "no-such-command"]), 1, 'command "no-such-command" cannot be run'),
    minutes,
  );
});

describe.each([
  ["describe", /^prod-services-eu-west-1\t/m],
  ["migrations", /ledger\s+0001_entries\s+yes[\s\S]*Nothing is refused\./],
  ["recovery", /Recovery of prod in eu-central-1, after the loss of eu-west-1/],
  ["account", /^eu-west-1\tconcurrent executions of Lambda.*: \d+, of 1,000/m],
  ["cost", /^in all\t[\d,]+\.\d\d\t[\d,]+\.\d\d\t100 %$/m],
  ["warm advise", /^ledger\twarmer\t2\t.*\tholds\t.*\tcheapest, now$/m],
])("evenkeel %s", (verb, printed) => {
  test("prints what an environment is", async () => {
    expect(await evenkeel([...verb.split(" "), "prod"], { cwd: root })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(printed),
      stderr: "",
    });
  });

  test("refuses an environment that does not exist, with the nearest that does", () =>
    expectMessage(
      evenkeel([...verb.split(" "), "prd"]),
      1,
      /prd: is not an environment of this project; did you mean "prod"\?/,
    ));
});

describe("evenkeel gate", () => {
  const key = "aws_kms_key.data_primary";

  test("ends with 0 for plans that lose nothing", async () => {
    const files = [file("prod-keys/plan.json", plan([change(key, ["create"])])), file("prod-data/plan.json", plan([]))];
    expect(await evenkeel(["gate", "--first-deployment", ...files])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("No violation"),
      stderr: "",
    });
  });

  test("says that it knows no acknowledged removals outside of a project, and of stacks that are of no environment", async () => {
    const files = [file("prod-data/plan.json", plan([])), file("a.json", plan([])), file("b.json", plan([]))];
    const outside = mkdtempSync(join(tmpdir(), "evenkeel-outside-"));
    try {
      const run = await evenkeel(["gate", "--json", ...files], { cwd: outside });
      expect(run.code).toBe(0);
      expect(run.stderr.match(/Acknowledged removals are not known/g)).toHaveLength(1);
      expect(run.stderr).toContain(`there is no evenkeel.config.ts in ${realpathSync(outside)}`);
      expect(JSON.parse(run.stdout)).toMatchObject({ verb: "gate", passed: true });
    } finally {
      rmSync(outside, { recursive: true });
    }
    const { stderr } = await evenkeel(["gate", ...files]);
    expect(stderr.replaceAll("\n", " ")).toContain(
      `Acknowledged removals are not known for "${basename(project)}": no environment of this project (sandbox, dev, staging, prod) has such a stack.`,
    );
  });

  test("ends with 1 for a violation, and names it, also in its document", async () => {
    const files = [file("a.json", plan([])), file("b.json", plan([change(key, ["delete", "create"])]))];
    expect(await evenkeel(["gate", ...files])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/no-data-loss[\s\S]*1 violation\n/),
    });
    expect(await documentOf(evenkeel(["gate", "--json", ...files]), 1)).toMatchObject({
      passed: false,
      violations: [{ rule: "no-data-loss", address: key }],
    });
  });

  test("prints what is wrong as JSON too, with the same exit code", async () => {
    const { code, stdout, stderr } = await evenkeel(["gate", "--json", file("c.json", "{")]);
    const { error } = errorDocument.parse(JSON.parse(stdout));
    expect([code, error]).toEqual([2, { message: expect.stringContaining("c.json: is not JSON"), problems: [] }]);
    expect(stderr).toContain("c.json: is not JSON");
    const unknown = await evenkeel(["gate", "--json", "--strict", "c.json"]);
    expect([unknown.code, errorDocument.parse(JSON.parse(unknown.stdout))]).toMatchObject([
      1,
      { error: { message: expect.stringMatching(/^unknown option '--strict'/) } },
    ]);
  });

  test("ends with 2 for a file that is no plan", () =>
    expectMessage(evenkeel(["gate", file("c.json", "{")]), 2, /c\.json: is not JSON; run `terraform plan -out=plan`/));
});

describe("evenkeel inventory", () => {
  const queue = (name: string) => ({
    mode: "managed",
    type: "aws_sqs_queue",
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ attributes: { id: name, name, arn: `arn:aws:sqs:eu-west-1:111122223333:${name}` } }],
  });
  const inCloud = (...args: string[]) => evenkeel(["inventory", "--directory", join(project, "cloud"), ...args]);

  test("says that nothing exists where nothing was deployed", async () => {
    const { code, stdout } = await evenkeel(["inventory"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing exists in the simulated cloud")]);
  });

  test("lists what copies of states describe, and that no state of the simulated cloud knows it", async () => {
    const copy = file("copy.tfstate", { version: 4, outputs: {}, resources: [queue("orders")] });
    const { code, stdout } = await inCloud("--seed", copy);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/copy\.tfstate: 1 taken in[\s\S]*eu-west-1\taws_sqs_queue\torders[\s\S]*No state knows:/),
    ]);
    expect(await inCloud("--orphans")).toMatchObject({ code: 1, stdout: expect.stringMatching(/^No state knows:/) });
  });

  test("deletes what no state knows", async () => {
    const { deleted, orphans } = await documentOf(inCloud("--delete-orphans", "--json"));
    expect([deleted, orphans]).toEqual([[expect.objectContaining({ type: "aws_sqs_queue", id: "orders" })], []]);
    expect(await inCloud("--orphans")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The states know/) });
  });

  test("refuses a file that is no state", () =>
    expectMessage(inCloud("--seed", file("broken.tfstate", "{")), 1, /broken\.tfstate: is not a Terraform state;/));
});

describe("evenkeel topology", () => {
  test(
    "draws what the app synthesizes, and says where",
    async () => {
      const picture = join(project, "pictures", "sandbox.svg");
      const run = evenkeel(["topology", "sandbox", "--output", picture, "--json"]);
      expect(await documentOf(run)).toMatchObject({ stage: "foundation", file: picture });
      expect(readFileSync(picture, "utf8")).toMatch(/^<svg[\s\S]*sandbox at foundation/);
    },
    minutes,
  );

  test("refuses a stage that does not exist", () =>
    expectMessage(evenkeel(["topology", "sandbox", "--stage", "hardning"]), 1, 'did you mean "hardening"?'));

  test("tells what an app that does not synthesize says", () =>
    expectMessage(
      evenkeel(["topology", "sandbox"], { env: { FIXTURE: "fails" } }),
      1,
      /^synthesis of sandbox at foundation failed:\ntables\[0\]\.partitionKey: is missing\n$/m,
    ));

  test("says that there is no project where it is called", () => {
    const empty = join(project, "empty");
    mkdirSync(empty);
    return expectMessage(
      evenkeel(["topology", "sandbox"], { cwd: empty }),
      1,
      `there is no evenkeel.config.ts in ${realpathSync(empty)}; run the command in the folder of a project, or make one with npx evenkeel init <folder>\n`,
    );
  });
});

describe("evenkeel report", () => {
  test(
    "writes a file, says where, and opens it where that is asked for",
    async () => {
      const file = join(project, "reports", "sandbox.html");
      const browser = join(project, "browser.sh");
      const opened = join(project, "opened");
      writeFileSync(browser, `#!/bin/sh\necho "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`, {
        mode: 0o755,
      });
      const options = ["--stage", "hardening", "--output", file, "--open", "--json"];
      // What opens files on Linux asks for this one where there is no desktop.
      const env = { BROWSER: browser, DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
      const run = evenkeel(["report", "sandbox", ...options], { cwd: root, env });
      expect(await documentOf(run)).toMatchObject({ environment: "sandbox", stage: "hardening", file, picture: true });
      expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>[\s\S]*sandbox at hardening[\s\S]*<\/html>\n$/);
      if (process.platform !== "linux") return;
      while (!existsSync(opened)) await delay(100);
      expect(readFileSync(opened, "utf8").trim()).toBe(file);
    },
    minutes,
  );

  test("refuses a stage that does not exist", () =>
    expectMessage(evenkeel(["report", "sandbox", "--stage", "hardning"]), 1, 'did you mean "hardening"?'));

  test("refuses an environment that does not exist, with the nearest that does", () =>
    expectMessage(evenkeel(["report", "prd"]), 1, /prd: is not an environment of this project; did you mean "prod"\?/));
});

describe("evenkeel rehearse", () => {
  const rehearse = (fixture: string, ...args: string[]) =>
    evenkeel(["rehearse", "sandbox", ...args], { env: { FIXTURE: fixture } });

  test(
    "ends with 0 for a promotion that loses nothing",
    async () => {
      const run = rehearse("", "--from", "hardening", "--json");
      expect(await documentOf(run)).toMatchObject({
        passed: true,
        changes: [{ type: "aws_dynamodb_table", added: 0, changed: 1 }],
      });
      expect((await run).stderr).toMatch(/hardening -> optimization.*nothing is created in AWS/);
    },
    minutes,
  );

  test(
    "ends with 1 for a promotion that replaces a table, and names it",
    async () => {
      const { code, stdout } = await rehearse("replaces");
      expect([code, stdout]).toEqual([
        1,
        expect.stringMatching(/aws_dynamodb_table\t0\t0\t1\t0\n[\s\S]*no-data-loss[\s\S]*hash_key[\s\S]*1 violation\n/),
      ]);
    },
    minutes,
  );

  test(
    "tells Terraform's own words when it refuses the configuration",
    () =>
      expectMessage(
        rehearse("invalid"),
        1,
        /sandbox-data: terraform apply .* failed:\nError: expected type to be one of \["S" "N" "B"\], got X\n {2}with aws_dynamodb_table/,
      ),
    minutes,
  );

  test(
    "tells what an app that does not synthesize says",
    () => expectMessage(rehearse("fails"), 1, /synthesis of sandbox at foundation failed:\ntables\[0\]/),
    minutes,
  );

  test.each([
    [["--to", "foundation"], "--to: is not a later stage than foundation"],
    [["--from", "hardning"], '--from: is not a stage; did you mean "hardening"?'],
  ])("refuses %j", (args, message) => expectMessage(rehearse("", ...args), 1, message));
});
