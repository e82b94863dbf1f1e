import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join, resolve } from "node:path";
import { workloadProject } from "../../bench/workload/workload-project";
import { stageTable } from "../../config";
import { environmentReference, stageTableOf } from "../../config/reference";
import { type Backend, readSynthesizedStacks, runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");
const folder = temporaryFolder();

interface Synthesis {
  readonly status: number | undefined;
  readonly stderr: string;
  readonly output: string;
}

/** Runs the app as cdktf does, into an empty folder; the simulated cloud is only announced, so that stages can be chosen. */
async function synthesize(
  project: string,
  options: { stage?: string; standby?: string; env?: NodeJS.ProcessEnv; name?: string } = {},
): Promise<Synthesis> {
  const output = join(project, options.name ?? "out");
  // What an earlier run wrote would stand in for what this one leaves out.
  rmSync(output, { recursive: true, force: true });
  const args = [
    "--require",
    "evenkeel/register",
    "main.ts",
    ...(options.stage ? ["--stage", options.stage] : []),
    ...(options.standby ? ["--standby", options.standby] : []),
  ];
  const { code, stderr } = await runProcess(process.execPath, args, {
    cwd: project,
    env: { ...process.env, CDKTF_OUTDIR: output, ENVIRONMENT: "", EVENKEEL_SIMULATED: "", ...options.env },
  });
  return { status: code, stderr, output };
}

/** A copy of what synthesis reads, in another folder and with other file times. */
function copyOfTheProject(name: string): string {
  const copy = join(folder, name);
  const own = ["main.ts", "evenkeel.config.ts", "environments", "accounts", "services", "layers", "cdktf.json"];
  for (const part of [...own, "dist", "forecast", "handlers", "runtime", "package.json", "package-lock.json"]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const file of filesOf(join(copy, "services"))) utimesSync(join(copy, "services", file), 0, 0);
  return copy;
}

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

function backendOf(output: string, stack: string): Backend {
  return readSynthesizedStacks(output).find(({ name }) => name === stack)?.terraform.terraform?.backend ?? {};
}

const simulated = { EVENKEEL_SIMULATED: ".evenkeel/simulated" };

describe("Synthesis", () => {
  test("gives the same bytes in two folders with different file times", async () => {
    const env = { ...simulated, ENVIRONMENT: "prod" };
    const results = await Promise.all(
      ["left", "a longer name with spaces"].map((name) =>
        synthesize(copyOfTheProject(name), { stage: "optimization", env }),
      ),
    );
    expect(results.map(({ stderr }) => stderr)).toEqual(["", ""]);
    const [left = "", right = ""] = results.map(({ output }) => output);
    expect(filesOf(left)).toEqual(filesOf(right));
    expect(filesOf(left).length).toBeGreaterThan(20);
    const different = filesOf(left).filter(
      (file) => !readFileSync(join(left, file)).equals(readFileSync(join(right, file))),
    );
    expect(different).toEqual([]);
  });

  test("writes no path of this machine", async () => {
    const { output } = await synthesize(root, {
      name: join(".evenkeel", "test", "synthesis"),
      env: { ENVIRONMENT: "sandbox,prod" },
    });
    for (const file of filesOf(output).filter((name) => name.endsWith(".json"))) {
      expect(readFileSync(join(output, file), "utf8")).not.toContain(root);
    }
  });

  test("is narrowed to the environments that ENVIRONMENT names", async () => {
    const { output } = await synthesize(root, {
      name: join(".evenkeel", "test", "narrow"),
      env: { ENVIRONMENT: "prod" },
    });
    const stacks = readdirSync(join(output, "stacks"));
    expect(stacks.length).toBeGreaterThan(3);
    expect(stacks.filter((stack) => !stack.startsWith("prod-"))).toEqual([]);
  });

  test("refuses an environment that does not exist, with the nearest that does", async () => {
    const { status, stderr } = await synthesize(root, {
      name: join(".evenkeel", "test", "none"),
      env: { ENVIRONMENT: "prd" },
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('prd: is not an environment of this project; did you mean "prod"?'),
    ]);
  });

  test("refuses another stage outside of the simulated cloud", async () => {
    const { status, stderr } = await synthesize(root, { stage: "hardening", name: join(".evenkeel", "test", "stage") });
    expect([status, stderr]).toEqual([1, expect.stringContaining("can only be rehearsed on the simulated cloud")]);
  });

  test("refuses other standby regions outside of the simulated cloud", async () => {
    const { status, stderr } = await synthesize(root, {
      standby: "eu-west-2",
      name: join(".evenkeel", "test", "stage"),
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(
        "--standby: can only be rehearsed on the simulated cloud; change it in the environment's file",
      ),
    ]);
  });

  test("checks the standby regions of a rehearsal like those of a file", async () => {
    const name = join(".evenkeel", "test", "standby");
    const env = { ...simulated, ENVIRONMENT: "prod" };
    const { status, stderr } = await synthesize(root, { standby: "eu-central-1,eu-west-1", name, env });
    expect([status, stderr]).toEqual([1, expect.stringContaining("regions.standby[1]: is the home region")]);
  });

  test("builds the services of each region that a rehearsal adds", async () => {
    const name = join(".evenkeel", "test", "three");
    const env = { ...simulated, ENVIRONMENT: "prod" };
    const { output } = await synthesize(root, { standby: "eu-central-1,eu-west-2", name, env });
    const regional = readdirSync(join(output, "stacks")).filter((stack) => stack.startsWith("prod-services-"));
    expect(regional.sort()).toEqual([
      "prod-services-eu-central-1",
      "prod-services-eu-west-1",
      "prod-services-eu-west-2",
    ]);
  });

  test("refuses a stage that does not exist", async () => {
    const { status, stderr } = await synthesize(root, {
      stage: "hardning",
      name: join(".evenkeel", "test", "stage"),
      env: simulated,
    });
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("is not a stage; use one of foundation, hardening, optimization"),
    ]);
  });

  test("keeps simulated local state apart from real local state", async () => {
    const name = join(".evenkeel", "test", "state");
    const path = async (env: NodeJS.ProcessEnv) => {
      const { output } = await synthesize(root, { name, env: { ENVIRONMENT: "sandbox", ...env } });
      return backendOf(output, "sandbox-keys").local?.path;
    };
    expect(await path({})).toMatch(/^\.\.\/.*\/\.evenkeel\/state\/sandbox-keys\.tfstate$/);
    expect(await path(simulated)).toMatch(/^\.\.\/.*\/\.evenkeel\/simulated\/state\/sandbox-keys\.tfstate$/);
  });

  test("gives every stack but the sandbox's an encrypted S3 state of its own, with a lock file", async () => {
    const { output } = await synthesize(root, { name: join(".evenkeel", "test", "backends") });
    const stacks = readdirSync(join(output, "stacks")).filter((stack) => !stack.startsWith("sandbox-"));
    const keys = stacks.map((stack) => {
      const { s3 } = backendOf(output, stack);
      expect(s3).toMatchObject({ use_lockfile: true, encrypt: true, kms_key_id: expect.stringContaining(":kms:") });
      return `${s3?.bucket}/${s3?.key}`;
    });
    expect(new Set(keys).size).toBe(stacks.length);
  });
});

describe("The benchmark", () => {
  test.each([
    ["1", "100"],
    ["4", "1"],
  ])("synthesizes prod with %s region(s) and %s service(s)", async (regions, services) => {
    const output = join(root, ".evenkeel", "test", "bench");
    rmSync(output, { recursive: true, force: true });
    mkdirSync(output, { recursive: true });
    const args = [join("dist", "bench", "synth-case.js"), regions, services];
    const env = { ...process.env, CDKTF_OUTDIR: output };
    const { code, stderr } = await runProcess(process.execPath, args, { cwd: root, env });
    expect([code, stderr]).toEqual([0, ""]);
    const inEachRegion = readdirSync(join(output, "stacks")).filter((stack) => stack.startsWith("prod-services-"));
    expect(inEachRegion).toHaveLength(Number(regions));
  });

  test("plans a change in which a stack reads what another puts out for the first time", async () => {
    const folder = workloadProject(temporaryFolder(), "grown");
    const { code, stderr } = await runProcess(process.execPath, ["--require", "evenkeel/register", "main.ts"], {
      cwd: folder,
      env: { ...process.env, ENVIRONMENT: "prod", CDKTF_OUTDIR: join(folder, "cdktf.out") },
    });
    expect([code, stderr]).toEqual([0, ""]);
    const textOf = (stack: string) => readFileSync(join(folder, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8");
    const { output } = JSON.parse(textOf("prod-data")) as { output: object };
    // Of the table that the other environment does not have.
    const added = Object.keys(output).filter((name) => name.includes("returns"));
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((name) => textOf("prod-services-eu-west-1").includes(`.outputs.${name}`))).not.toEqual([]);
  });
});

describe("The documentation", () => {
  test("has the reference that `npm run docs` makes of the schema", () => {
    const reference = readFileSync(join(root, "docs", "reference", "environment.md"), "utf8");
    expect(reference).toBe(environmentReference());
  });

  test("has the stage table in the README", () => {
    expect(readFileSync(join(root, "README.md"), "utf8")).toContain(stageTableOf(stageTable));
  });
});
