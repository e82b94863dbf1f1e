import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Mutation, mutated } from "./mutation";
import { runNode } from "./processes";

/** The outcome of a mutation. One that the type checker refuses says nothing about the tests. */
export interface Verdict {
  readonly outcome: "noticed" | "unnoticed" | "timeout" | "refused";
  /** The test that noticed it. */
  readonly by?: string;
}

const minutes = 60_000;
/** Longer than all tests of a file take; anything that takes longer hangs. */
const limitMs = 10 * minutes;

/** Folders whose tests may run Terraform, which takes long; for others only the tests without it are run. */
const withTerraform = /^(gates|terraform|simulator|rehearsal)\//;
const runsTerraform = /startSimulator\(|startCloud\(|realProvider\(|proveEnvironment\(|simulate\.js|"cli", "main\.js"/;

const runsCompiled = /"dist"|project-app"|evenkeel\/register/;

interface TestFile {
  readonly path: string;
  readonly text: string;
}

/** A copy of the working tree in which mutations are tested one after the other. */
export class Workplace {
  private readonly tests: readonly TestFile[];
  private readonly firstFailure: string;

  /** Copies the files that git tracks or would add from `root`, without the installed packages, which are linked. */
  constructor(
    root: string,
    private readonly folder: string,
    /** What the workplaces of a run share: jest's cache, and what stopped tests leave behind. */
    private readonly shared: string,
  ) {
    mkdirSync(this.temporary, { recursive: true });
    const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    for (const file of new Set(files.split("\0"))) {
      if (file === "" || !existsSync(join(root, file))) continue;
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    this.firstFailure = join(folder, "first-failure.txt");
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    this.tests = readdirSync(join(folder, "test"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".test.ts"))
      .map((path) => ({ path: join("test", path), text: readFileSync(join(folder, "test", path), "utf8") }));
  }

  /** A short path, because there are sockets below it. */
  private get temporary(): string {
    return join(this.shared, "t");
  }

  /** Runs the tests of these files on the unchanged tree. @throws Error if one fails: then nothing can be judged */
  async checkUnchanged(files: readonly string[]): Promise<void> {
    const { outcome, by } = await this.check(files);
    if (outcome !== "unnoticed") throw new Error(`Without a mutation the sources are ${outcome}: ${by ?? ""}`);
  }

  async judge(mutation: Mutation): Promise<Verdict> {
    const path = join(this.folder, mutation.file);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, mutated(text, mutation));
    try {
      return await this.check([mutation.file]);
    } finally {
      writeFileSync(path, text);
    }
  }

  private async check(files: readonly string[]): Promise<Verdict> {
    // Unused names are not errors: they say nothing about the tests, and would hide what the tests notice.
    const compile = ["--noUnusedLocals", "false", "--noUnusedParameters", "false"];
    const incremental = ["--incremental", "--tsBuildInfoFile", join(this.folder, "mutation.tsbuildinfo")];
    const types = await this.tool("typescript/bin/tsc", ["--noEmit", ...incremental, ...compile]);
    if (types.code !== 0) return { outcome: "refused", by: types.output.split("\n")[0] };
    const compiled = this.testsFor(files).filter(({ text }) => runsCompiled.test(text));
    const verdict = await this.verdict(files, this.jestArguments(files, [...files, "--findRelatedTests"], compiled));
    if (verdict.outcome !== "unnoticed" || compiled.length === 0) return verdict;
    // Jest does not see on which sources those tests depend that run the compiled commands.
    const build = await this.tool("typescript/bin/tsc", ["--project", "tsconfig.build.json", ...compile]);
    if (build.code !== 0) return { outcome: "refused", by: build.output.split("\n")[0] };
    return this.verdict(
      files,
      this.jestArguments(files, ["--runTestsByPath", ...compiled.map(({ path }) => path)], []),
    );
  }

  private async verdict(files: readonly string[], jestArguments: readonly string[]): Promise<Verdict> {
    rmSync(this.firstFailure, { force: true });
    const [room = ""] = files[0]?.split("/") ?? [];
    const { code, output } = await this.tool("jest/bin/jest.js", jestArguments, { MUTATED_ROOM: room });
    if (code === undefined) return { outcome: "timeout" };
    if (code === 0) return { outcome: "unnoticed" };
    const failure = existsSync(this.firstFailure) ? readFileSync(this.firstFailure, "utf8") : output.trim();
    return { outcome: "noticed", by: failure.slice(0, 1500) };
  }

  /** The tests that a mutation of these files is judged by. */
  private testsFor(files: readonly string[]): readonly TestFile[] {
    const slow = !files.every((file) => withTerraform.test(file));
    return this.tests.filter(({ path, text }) => {
      return !isLong(path) && !(slow && (isDeployment(path) || runsTerraform.test(text)));
    });
  }

  /**
   * @param selected which tests jest is to run
   * @param left tests that are left out, besides those that do not judge these files
   */
  private jestArguments(
    files: readonly string[],
    selected: readonly string[],
    left: readonly TestFile[],
  ): readonly string[] {
    const judging = this.testsFor(files).filter((test) => !left.includes(test));
    const ignored = this.tests.filter((test) => !judging.includes(test));
    return [
      // In front, as an option that takes several values would take these too.
      ...selected,
      "--config=jest.config.js",
      `--cacheDirectory=${join(this.shared, "cache")}`,
      "--testSequencer=./test/support/likeliest-first.js",
      "--runInBand",
      "--bail",
      "--silent",
      "--reporters=default",
      "--reporters=./test/docs/documented-tests.js",
      "--reporters=./test/support/first-failure.js",
      "--testPathIgnorePatterns=/node_modules/",
      ...ignored.map(({ path }) => `--testPathIgnorePatterns=/${path.replaceAll(".", "\\.")}$`),
    ];
  }

  private tool(script: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
    const env = { ...process.env, TMPDIR: this.temporary, FIRST_FAILURE: this.firstFailure, ...variables };
    return runNode([join("node_modules", script), ...args], { cwd: this.folder, env, limitMs });
  }
}

/** Long proofs, and tests of what is packed, which needs another build. */
const isLong = (path: string): boolean => ["full", "package"].some((room) => path.startsWith(join("test", room)));
const isDeployment = (path: string): boolean => path.startsWith(join("test", "deploy"));
