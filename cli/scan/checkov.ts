import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import semver from "semver";
import { z } from "zod";
import { describeEnd, findExecutable, type ProcessResult, type ProgramSearch, runProcess } from "../../terraform";
import { ScannerError } from "./scanner-error";

/** The version that the reasons of this toolkit were written for. Another of the same major version has further checks, or fewer. */
export const testedVersion = "3.3.30";

const major = semver.major(testedVersion);
const install = `install it with "pipx install checkov==${testedVersion}", or set EVENKEEL_CHECKOV to the path of its program`;

/** Checkov as it is installed here. */
export interface Checkov {
  readonly binary: string;
  readonly version: string;
}

/**
 * Finds Checkov: the program that `EVENKEEL_CHECKOV` names, else `checkov` on `PATH`.
 * @throws ScannerError if it is missing, does not run or is of another major version
 */
export async function findCheckov(search: ProgramSearch): Promise<Checkov> {
  const command = search.env.EVENKEEL_CHECKOV || "checkov";
  const binary = findExecutable(command, search);
  if (!binary) throw new ScannerError(`Checkov is missing: there is no program "${command}"; ${install}.`);
  const result = await versionOf(binary, search);
  const version = semver.valid(result.stdout.trim());
  if (result.code !== 0 || !version) {
    const said = result.stderr.trim().split("\n").pop() || describeEnd(result);
    throw new ScannerError(
      `Checkov does not run: "${binary} --version" does not print a version (${said}); ${install}.`,
    );
  }
  if (semver.major(version) !== major) {
    throw new ScannerError(`Checkov ${version} (${binary}) is not version ${major}; ${install}.`);
  }
  return { binary, version };
}

/** What it says of its version. Even then it leaves a cache in the folder for temporary files. */
async function versionOf(binary: string, { env, cwd }: ProgramSearch): Promise<ProcessResult> {
  const temporary = mkdtempSync(join(tmpdir(), "evenkeel-"));
  try {
    return await runProcess(binary, ["--version"], { env: { ...ownEnvironment(env), TMPDIR: temporary }, cwd });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** A check of one resource in one plan. */
export interface CheckResult {
  /** The file of the plan, as it was given. */
  readonly file: string;
  /** Address of the resource. */
  readonly address: string;
  /** Id of the check, `CKV_AWS_18`. */
  readonly check: string;
  /** What the check asks for, in its own words. */
  readonly title: string;
}

export interface CheckResults {
  readonly passed: readonly CheckResult[];
  readonly failed: readonly CheckResult[];
}

/** A plan to check. */
export interface PlanFile {
  /** The output of `terraform show -json`. */
  readonly file: string;
  /** How many resources it plans. */
  readonly resources: number;
}

export interface CheckOptions {
  /** Folder with checks of your own, beside those of Checkov. */
  readonly ownChecks?: string;
  /** A folder without files of other programs, to run in. */
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

const result = z.object({
  check_id: z.string(),
  check_name: z.string().nullish(),
  file_abs_path: z.string(),
  resource: z.string(),
  resource_address: z.string().nullish(),
});

const report = z.object({
  check_type: z.string(),
  results: z.object({
    passed_checks: z.array(result).default([]),
    failed_checks: z.array(result).default([]),
    skipped_checks: z.array(result).default([]),
    parsing_errors: z.array(z.string()).default([]),
  }),
  summary: z.object({ resource_count: z.number() }),
});

/**
 * Checks all plans in one run, which takes as long as a few plans. All checks run, as no file of settings and no variable may
 * leave one out.
 * @throws ScannerError if it did not check everything
 */
export async function runCheckov(
  { binary }: Checkov,
  plans: readonly PlanFile[],
  options: CheckOptions,
): Promise<CheckResults> {
  refuseSettings(options);
  const resources = plans.reduce((sum, plan) => sum + plan.resources, 0);
  if (resources === 0)
    throw new ScannerError("Nothing was checked: the plans have no resources; synthesize stacks that do.");
  const args = [
    // Without `--quiet`, which would leave out what passes.
    ...["--framework", "terraform_plan", "--output", "json", "--skip-download", "--compact"],
    ...(options.ownChecks === undefined ? [] : ["--external-checks-dir", resolve(options.ownChecks)]),
    "--file",
    ...plans.map(({ file }) => resolve(file)),
  ];
  const { directory: cwd, signal } = options;
  // It keeps a cache in the folder for temporary files.
  const env = { ...ownEnvironment(options.env), TMPDIR: resolve(cwd) };
  const run = await runProcess(binary, args, { env, cwd, signal });
  const { results, summary } = reportIn(run.stdout, run.stderr.trim() || describeEnd(run));
  const [unreadable] = results.parsing_errors;
  if (unreadable !== undefined) {
    throw new ScannerError(`Not everything was checked: Checkov could not read ${unreadable}; plan again.`);
  }
  if (results.skipped_checks.length > 0 || summary.resource_count < resources) {
    throw new ScannerError(
      `Not everything was checked: Checkov looked at ${summary.resource_count} of ${resources} resources and skipped ${results.skipped_checks.length} checks; plan again.`,
    );
  }
  const read = readerOf(plans);
  return { passed: read(results.passed_checks), failed: read(results.failed_checks) };
}

/** Checkov prints one report, a list of them, or, when it has checked nothing, a summary alone; and ends with 0 then. */
function reportIn(stdout: string, said: string): z.output<typeof report> {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    throw new ScannerError(`Nothing was checked: Checkov did not print a report, but said:\n${said}`);
  }
  const reports = [printed].flat().map((each) => report.safeParse(each).data);
  const ofPlans = reports.find((each) => each?.check_type === "terraform_plan");
  const count = ofPlans ? ofPlans.results.passed_checks.length + ofPlans.results.failed_checks.length : 0;
  const isUnreadable = (ofPlans?.results.parsing_errors.length ?? 0) > 0;
  if (ofPlans && (count > 0 || isUnreadable)) return ofPlans;
  throw new ScannerError(
    `Nothing was checked: Checkov ${ofPlans ? "applied no check" : "found no plan"}; plan again, and see what "checkov --framework terraform_plan --file <plan.json>" says.`,
  );
}

function readerOf(plans: readonly PlanFile[]): (results: readonly z.output<typeof result>[]) => CheckResult[] {
  const files = new Map(plans.map(({ file }) => [resolve(file), file]));
  return (results) => {
    const known = new Map<string, CheckResult>();
    for (const { check_id: check, check_name: name, file_abs_path: path, resource, resource_address } of results) {
      const address = resource_address ?? resource;
      const file = files.get(resolve(path)) ?? path;
      known.set([file, address, check].join("\n"), { file, address, check, title: name ?? check });
    }
    return [...known.values()];
  };
}

/** Variables of Checkov could leave out checks or send results away. */
const ownEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^(CKV_|BC_|PRISMA_)/.test(name)));

/** Checkov reads files of settings where it runs and in the home folder, and they could leave out checks. */
function refuseSettings({ directory, env }: CheckOptions): void {
  const home = env.HOME || homedir();
  const files = [directory, home].flatMap((folder) =>
    [".checkov.yaml", ".checkov.yml"].map((name) => join(folder, name)),
  );
  const found = files.find((file) => existsSync(file));
  if (found === undefined) return;
  throw new ScannerError(
    `${found}: settings of Checkov could leave out checks; move the file away, and say acceptFinding(resource, check, reason) beside each resource that stays as it is.`,
  );
}
