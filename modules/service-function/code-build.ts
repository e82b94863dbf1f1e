import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Construct } from "constructs";
import { writeWhole } from "../../loader";
import { ConstructError } from "../core";
import { sha256 } from "./bundle-inputs";
import type { FunctionCodeConfig } from "./code-config";

type Build = NonNullable<FunctionCodeConfig["build"]>;

/** What was built last: of which inputs, and what came out. */
interface Record {
  readonly inputs: string;
  readonly output: string;
}

/** Builds of this process: a folder is filled once, however many functions have it. */
const done = new Set<string>();

/** Lines of output that a message about a failed build ends with. */
const shownLines = 20;

/**
 * Fills a folder by the user's command, unless it was filled from the same inputs before and nobody has changed it since.
 * @throws ConstructError if an input is missing, or the command cannot be run, fails or takes too long, with the end of its output
 */
export function buildFolder(scope: Construct, projectRoot: string, folder: string, build: Build): void {
  const id = sha256(JSON.stringify([projectRoot, folder, build]));
  if (done.has(id)) return;
  const { command, inputs, timeoutSeconds } = build;
  const before = stateOf(scope, projectRoot, inputs, build);
  const output = path.resolve(projectRoot, folder);
  const recordFile = path.join(projectRoot, ".evenkeel", "builds", `${sha256(folder).slice(0, 32)}.json`);
  const known = read(recordFile);
  if (known?.inputs === before && known.output === hashOf(output)) {
    done.add(id);
    return;
  }
  const [program = "", ...rest] = command;
  const run = spawnSync(program, rest, {
    cwd: projectRoot,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutSeconds * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
  const shown = command.join(" ");
  const error = run.error as NodeJS.ErrnoException | undefined;
  if (error?.code === "ENOENT") {
    throw new ConstructError(
      scope,
      `the command that builds ${folder} cannot be run: there is no ${program}`,
      "install it, or correct code.build.command",
    );
  }
  if (error || run.status !== 0) {
    const why =
      error?.code === "ETIMEDOUT"
        ? `took longer than ${timeoutSeconds} s`
        : error
          ? `could not be run (${error.code ?? error.message})`
          : run.signal
            ? `was ended by ${run.signal}`
            : `ended with code ${run.status}`;
    const lines = `${run.stdout ?? ""}${run.stderr ?? ""}`.trimEnd().split("\n").slice(-shownLines).join("\n");
    throw new ConstructError(
      scope,
      `the command that builds ${folder} ${why}: ${shown}\n${lines}\n`,
      "run it in the project folder, and correct what it says",
    );
  }
  writeWhole(recordFile, JSON.stringify({ inputs: before, output: hashOf(output) }));
  done.add(id);
}

/** The command, and the content of all inputs. */
function stateOf(scope: Construct, projectRoot: string, inputs: readonly string[], { command }: Build): string {
  const hashes = inputs.map((input) => {
    const hash = hashOf(path.resolve(projectRoot, input));
    if (hash !== missing) return [input, hash];
    throw new ConstructError(
      scope,
      `its build has the input ${input}, which does not exist`,
      "correct code.build.inputs",
    );
  });
  return sha256(JSON.stringify([command, hashes]));
}

const missing = "-";

/** Of a file, or of all files below a folder with their names, without what Python writes when it runs. */
function hashOf(at: string): string {
  const stat = statSync(at, { throwIfNoEntry: false });
  if (!stat) return missing;
  if (stat.isFile()) return sha256(readFileSync(at));
  const files = readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.split(path.sep).includes("__pycache__"))
    .sort();
  return sha256(JSON.stringify(files.map((file) => [path.relative(at, file), sha256(readFileSync(file))])));
}

function read(file: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record;
  } catch {
    return undefined;
  }
}
