import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** What runs Python services here: packages of the services as wheels, and Lambda's own client of the Runtime API. */
export interface PythonRuntime {
  /** Folder with the wheels of services/quotes/requirements.txt. */
  readonly wheels: string;
  /** Folder with the packages of test/services/python-runtime.txt, installed. */
  readonly packages: string;
}

/**
 * The folder that EVENKEEL_PYTHON names, with `wheels` and `runtime`. Without it the tests that need it are left out, and a line says so. If
 * EVENKEEL_REQUIRE (a comma-separated list) names `python-runtime`, that it is missing is an error.
 */
export function pythonRuntime(what: string): PythonRuntime | undefined {
  const folder = process.env.EVENKEEL_PYTHON;
  const found = folder && { wheels: resolve(folder, "wheels"), packages: resolve(folder, "runtime") };
  if (found && existsSync(found.wheels) && existsSync(join(found.packages, "awslambdaric"))) return found;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (required.includes("python-runtime")) {
    throw new Error(
      "EVENKEEL_REQUIRE names python-runtime, but EVENKEEL_PYTHON leads to no such folder; fill one (.ci/run does) or take python-runtime out of EVENKEEL_REQUIRE.",
    );
  }
  process.stderr.write(`Left out, as Python's runtime is not here (.ci/run says what EVENKEEL_PYTHON has): ${what}.\n`);
  return undefined;
}
