import { spawnSync } from "node:child_process";
import { temporaryFolder } from "./temporary-folder";

/**
 * Whether Checkov can be run here, by EVENKEEL_CHECKOV or PATH; synchronous, for `describe`. Without it the tests that need it are left
 * out, and a line says so. If EVENKEEL_REQUIRE (a comma-separated list) names `checkov`, that it is missing is an error.
 */
export function hasCheckov(what: string): boolean {
  // It leaves a cache in the folder for temporary files.
  const env = { ...process.env, TMPDIR: temporaryFolder("checkov-") };
  const program = process.env.EVENKEEL_CHECKOV || "checkov";
  const found = spawnSync(program, ["--version"], { stdio: "ignore", env }).status === 0;
  if (found) return true;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (required.includes("checkov")) {
    throw new Error(
      "EVENKEEL_REQUIRE names checkov, but neither EVENKEEL_CHECKOV nor PATH leads to one that runs here; install it (pipx install checkov) or take checkov out of EVENKEEL_REQUIRE.",
    );
  }
  process.stderr.write(`Left out, as Checkov is not here (pipx install checkov): ${what}.\n`);
  return false;
}
