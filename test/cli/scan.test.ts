import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Log } from "sarif";
import { scanDocument } from "../../cli/documents/scan";
import { type ProcessResult, runProcess } from "../../terraform";
import { hasCheckov } from "../support/checkov";
import { writeProject } from "../support/project-app";

const root = resolve(__dirname, "..", "..");
const minutes = 60_000;
const address = "aws_s3_bucket.logs";

let project: string;
let output: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "evenkeel-scan-"));
  output = join(project, "cdktf.out");
  writeProject(project, `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`);
  writePlans("sandbox-data", "sandbox-edge");
});
afterAll(() => rmSync(project, { recursive: true }));
beforeEach(() => accept());

/** An output folder in which each stack plans a bucket. */
function writePlans(...stacks: readonly string[]): void {
  for (const stack of stacks) {
    const folder = join(output, "stacks", stack);
    mkdirSync(folder, { recursive: true });
    const bucket = { address, mode: "managed", type: "aws_s3_bucket", name: "logs", values: { bucket: stack } };
    const plan = {
      format_version: "1.2",
      terraform_version: "1.11.0",
      planned_values: { root_module: { resources: [bucket] } },
      resource_changes: [
        { ...bucket, change: { actions: ["create"], before: null, after: { bucket: stack }, after_unknown: {} } },
      ],
      configuration: { root_module: { resources: [{ ...bucket, expressions: {} }] } },
    };
    writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
  }
  const listed = stacks.map((name) => [name, { name, workingDirectory: `stacks/${name}`, dependencies: [] }]);
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(listed) }));
}

/** Writes the reasons of `sandbox-data`, as a synthesis does. */
function accept(...reasons: readonly { check: string; address?: string }[]): void {
  const accepted = reasons.map((each) => ({ address, reason: "Nobody reads it.", ...each }));
  writeFileSync(join(output, "stacks", "sandbox-data", "accepted-findings.json"), JSON.stringify(accepted));
}

interface Printed {
  readonly passed?: readonly string[];
  readonly failed?: readonly string[];
  readonly [field: string]: unknown;
}

/** A program in place of Checkov. @param printed what it finds in `sandbox-data`, or the text that it prints */
function scanner(printed: Printed | string, version = "3.3.31"): string {
  const plan = join(output, "stacks", "sandbox-data", "plan.json");
  const results = (checks: readonly string[] = []) =>
    checks.map((check) => ({
      check_id: check,
      check_name: `Ensure ${check}`,
      file_abs_path: plan,
      resource: address,
      resource_address: address,
    }));
  const report =
    typeof printed === "string"
      ? printed
      : JSON.stringify({
          check_type: "terraform_plan",
          results: {
            passed_checks: results(printed.passed),
            failed_checks: results(printed.failed),
            parsing_errors: printed.parsing_errors ?? [],
            skipped_checks: results(printed.skipped as string[] | undefined),
          },
          summary: { resource_count: printed.resource_count ?? 2 },
        });
  writeFileSync(join(project, "report.json"), report);
  const file = join(project, "checkov");
  writeFileSync(
    file,
    [
      "#!/bin/sh",
      `if [ "$1" = "--version" ]; then echo ${version}; exit 0; fi`,
      // What it was told, and which variables it was given.
      `printf '%s\\n' "$@" > "${project}/told"`,
      `env > "${project}/given"`,
      `cat "${project}/report.json"`,
      "exit 1",
    ].join("\n"),
  );
  chmodSync(file, 0o755);
  return file;
}

function scan(checkov: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Promise<ProcessResult> {
  const cli = join(root, "dist", "cli", "main.js");
  return runProcess(process.execPath, [cli, "scan", "sandbox", "--plans", output, ...args], {
    cwd: project,
    env: { ...process.env, NO_COLOR: "1", HOME: project, EVENKEEL_CHECKOV: checkov, ...env },
  });
}

/** The document of a scan. */
async function documentOf(run: Promise<ProcessResult>, code: number) {
  const { code: actual, stdout, stderr } = await run;
  expect([actual, stderr]).toEqual([code, expect.not.stringMatching(/^\s+at /m)]);
  return scanDocument.schema.parse(JSON.parse(stdout)) as { environments: Record<string, unknown>[]; passed: boolean };
}

describe("evenkeel scan", () => {
  test("ends with 0 when each check that fails has its reason, and tells both counts", async () => {
    accept({ check: "CKV_AWS_18" });
    const found = { passed: ["CKV_AWS_19", "CKV_AWS_20"], failed: ["CKV_AWS_18"] };
    const document = await documentOf(scan(scanner(found), ["--json"]), 0);
    expect(document).toMatchObject({
      passed: true,
      scanner: { version: "3.3.31" },
      environments: [
        {
          stacks: ["sandbox-data", "sandbox-edge"],
          passed: 2,
          failed: [],
          accepted: [{ stack: "sandbox-data", address, check: "CKV_AWS_18", reason: "Nobody reads it." }],
          unneeded: [],
        },
      ],
    });
    const { stdout } = await scan(scanner(found));
    expect(stdout).toContain("CKV_AWS_18\tEnsure CKV_AWS_18\t1\tNobody reads it.\n");
    expect(stdout).toContain("2 checks pass, 1 fails with a reason, 0 fail without one.");
  });

  test("ends with 1 for a check that fails without a reason, and says where", async () => {
    const { code, stdout } = await scan(scanner({ failed: ["CKV_AWS_18"] }));
    expect([code, stdout]).toEqual([
      1,
      expect.stringContaining(`CKV_AWS_18\tsandbox-data\t${address}\tEnsure CKV_AWS_18\n`),
    ]);
    expect(stdout).toContain("acceptFinding(resource, check, reason)");
  });

  test.each([
    ["passes now", "CKV_AWS_19", address],
    ["is of another resource", "CKV_AWS_18", "aws_s3_bucket.other"],
    ["is of a check that there is not", "CKV_AWS_9999", address],
  ])("ends with 1 for a reason that nothing needs: its check %s", async (_, check, of) => {
    accept({ check: "CKV_AWS_18" }, { check, address: of });
    const run = scan(scanner({ passed: ["CKV_AWS_19"], failed: ["CKV_AWS_18"] }), ["--json"]);
    expect(await documentOf(run, 1)).toMatchObject({
      passed: false,
      environments: [{ failed: [], unneeded: [{ stack: "sandbox-data", check, address: of }] }],
    });
  });

  test("does not ask for a reason to go whose check could not be decided, as for a policy that is known after the apply only", async () => {
    accept({ check: "CKV_AWS_18" });
    const fake = scanner({ passed: ["CKV_AWS_18"] });
    const report = join(project, "report.json");
    writeFileSync(report, readFileSync(report, "utf8").replaceAll("sandbox-data", "sandbox-edge"));
    expect(await documentOf(scan(fake, ["--json"]), 0)).toMatchObject({
      environments: [{ accepted: [], unneeded: [] }],
    });
  });

  test("does not take the reason of one stack for the same address in another", async () => {
    accept({ check: "CKV_AWS_18" });
    const fake = scanner({ failed: ["CKV_AWS_18"] });
    const report = join(project, "report.json");
    writeFileSync(report, readFileSync(report, "utf8").replaceAll("sandbox-data", "sandbox-edge"));
    expect(await documentOf(scan(fake, ["--json"]), 1)).toMatchObject({
      environments: [{ failed: [{ stack: "sandbox-edge" }], accepted: [] }],
    });
  });

  test("has one reason for all instances of a resource", async () => {
    accept({ check: "CKV_AWS_18" });
    const fake = scanner({ failed: ["CKV_AWS_18"] });
    const report = join(project, "report.json");
    const one = readFileSync(report, "utf8");
    writeFileSync(report, one.replaceAll(JSON.stringify(address), JSON.stringify(`${address}["eu-west-1"]`)));
    expect(await documentOf(scan(fake, ["--json"]), 0)).toMatchObject({ passed: true });
  });

  const wrong: readonly (readonly [what: string, printed: Printed | string, says: RegExp])[] = [
    [
      "found no plan",
      JSON.stringify({ passed: 0, failed: 0, checkov_version: "3.3.31" }),
      /Nothing was checked: Checkov found no plan/,
    ],
    ["applied no check", {}, /Nothing was checked: Checkov applied no check/],
    [
      "printed something else",
      "Traceback (most recent call last)",
      /Nothing was checked: Checkov did not print a report/,
    ],
    [
      "could not read a plan",
      { passed: ["CKV_AWS_19"], parsing_errors: ["/plans/plan.json"] },
      /Not everything was checked: Checkov could not read \/plans\/plan\.json/,
    ],
    [
      "left out a plan",
      { passed: ["CKV_AWS_19"], resource_count: 1 },
      /Not everything was checked: Checkov looked at 1 of 2 resources/,
    ],
    [
      "skipped a check",
      { passed: ["CKV_AWS_19"], skipped: ["CKV_AWS_18"] },
      /Not everything was checked: .* skipped 1 checks/,
    ],
  ];

  test.each(wrong)("ends with 2 when the scanner %s", async (_, printed, says) => {
    const { code, stdout, stderr } = await scan(scanner(printed));
    expect([code, stdout, stderr]).toEqual([2, "", expect.stringMatching(says)]);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each([
    [
      "is missing",
      "/nowhere/checkov",
      /^Checkov is missing: there is no program "\/nowhere\/checkov"; install it with "pipx\s/,
    ],
    ["does not run", process.execPath, /^Checkov v?[\d.]+ \(.*\) is not version 3;|^Checkov does not run/],
  ])("ends with 2, and says how to install it, when the scanner %s", async (_, program, says) => {
    const { code, stderr } = await scan(program);
    expect([code, stderr]).toEqual([2, expect.stringMatching(says)]);
    expect(stderr).toMatch(/pipx\s+install\s+checkov==3/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("ends with 2 for another major version", async () => {
    const { code, stderr } = await scan(scanner({}, "4.0.1"));
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^Checkov 4\.0\.1 \(.*\) is not version 3; install it/)]);
  });

  test("ends with 2 when a stack has no plan", async () => {
    const plan = join(output, "stacks", "sandbox-edge", "plan.json");
    const content = readFileSync(plan);
    rmSync(plan);
    const { code, stderr } = await scan(scanner({ passed: ["CKV_AWS_19"] }));
    writeFileSync(plan, content);
    expect([code, stderr]).toEqual([2, expect.stringContaining("plan.json: cannot be read")]);
  });

  test("lets no setting and no variable leave out a check", async () => {
    const settings = join(project, ".checkov.yaml");
    writeFileSync(settings, "skip-check: [CKV_AWS_18]\n");
    const { code, stderr } = await scan(scanner({ passed: ["CKV_AWS_19"] }));
    rmSync(settings);
    expect([code, stderr]).toEqual([2, expect.stringContaining("settings of Checkov could leave out checks")]);
    const variables = { CKV_SKIP_CHECK: "CKV_AWS_18", BC_API_KEY: "placeholder" };
    expect((await scan(scanner({ passed: ["CKV_AWS_19"] }), [], variables)).code).toBe(0);
    expect(readFileSync(join(project, "given"), "utf8")).not.toMatch(/^(CKV_|BC_)/m);
    expect(readFileSync(join(project, "told"), "utf8")).not.toMatch(/skip-check|soft-fail|baseline/);
  });

  test("gives Checkov checks of a team", async () => {
    await scan(scanner({ passed: ["CKV_AWS_19"] }), ["--checks", "checks"]);
    expect(readFileSync(join(project, "told"), "utf8")).toContain(
      `--external-checks-dir\n${join(project, "checks")}\n`,
    );
  });

  test("writes what fails as SARIF, what has a reason as suppressed", async () => {
    accept({ check: "CKV_AWS_18" });
    await scan(scanner({ failed: ["CKV_AWS_18", "CKV_AWS_21"] }), ["--sarif", "reports/scan.sarif"]);
    const [run] = (JSON.parse(readFileSync(join(project, "reports", "scan.sarif"), "utf8")) as Log).runs;
    expect(run?.tool.driver.rules?.map(({ id }) => id).sort()).toEqual(["CKV_AWS_18", "CKV_AWS_21"]);
    expect(run?.results?.map(({ ruleId, suppressions }) => [ruleId, suppressions])).toEqual([
      ["CKV_AWS_21", undefined],
      ["CKV_AWS_18", [{ kind: "inSource", justification: "Nobody reads it." }]],
    ]);
    expect(new Set(run?.results?.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size).toBe(2);
  });

  test.each([
    [["--stage", "hardning"], '--stage: is not a stage; did you mean "hardening"?'],
    [["--plans", "nowhere"], "nowhere: is not a cdktf output folder"],
  ])("refuses %j", async (args, message) => {
    const { code, stderr } = await scan(scanner({}), args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  test(
    "plans the first deployment on the simulated cloud",
    async () => {
      const fake = scanner({ passed: ["CKV_AWS_28"], resource_count: 1 });
      const cli = join(root, "dist", "cli", "main.js");
      const cache = join(root, ".evenkeel", "providers");
      const run = runProcess(process.execPath, [cli, "scan", "sandbox", "--stage", "hardening", "--json"], {
        cwd: project,
        env: {
          ...process.env,
          TF_PLUGIN_CACHE_DIR: process.env.TF_PLUGIN_CACHE_DIR ?? (existsSync(cache) ? cache : undefined),
          EVENKEEL_CHECKOV: fake,
        },
      });
      expect(await documentOf(run, 0)).toMatchObject({
        environments: [{ environment: "sandbox", stage: "hardening", stacks: ["sandbox-data"], passed: 1 }],
      });
      expect((await run).stderr).toMatch(
        /Planning the first deployment of sandbox at hardening.*nothing is created in AWS/s,
      );
    },
    minutes,
  );
});

const describeIfChecked = hasCheckov("how Checkov itself reads a plan") ? describe : describe.skip;

describeIfChecked("Checkov itself", () => {
  test(
    "finds what is wrong with a bucket, by stack and address",
    async () => {
      accept({ check: "CKV_AWS_18" });
      const { environments } = await documentOf(
        scan(process.env.EVENKEEL_CHECKOV || "checkov", ["--json"], { HOME: process.env.HOME }),
        1,
      );
      const [found] = environments as { failed: object[]; accepted: object[]; unneeded: object[] }[];
      expect(found?.accepted).toEqual([
        expect.objectContaining({ stack: "sandbox-data", address, check: "CKV_AWS_18" }),
      ]);
      expect(found?.failed).toContainEqual(
        expect.objectContaining({ stack: "sandbox-edge", address, check: "CKV_AWS_18" }),
      );
      expect(found?.unneeded).toEqual([]);
    },
    minutes,
  );
});
