import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { runProcess } from "../../terraform";

/**
 * Whether Artillery can be run here, by EVENKEEL_ARTILLERY; synchronous, for `describe`. Without it the tests that need it are left out,
 * and a line says so. If EVENKEEL_REQUIRE (a comma-separated list) names `artillery`, that it is missing is an error.
 */
export function hasArtillery(what: string): boolean {
  const program = process.env.EVENKEEL_ARTILLERY;
  if (program && spawnSync("test", ["-x", program]).status === 0) return true;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (required.includes("artillery")) {
    throw new Error(
      "EVENKEEL_REQUIRE names artillery, but EVENKEEL_ARTILLERY leads to none; install it in a folder of its own (.ci/run does) or take artillery out of EVENKEEL_REQUIRE.",
    );
  }
  process.stderr.write(`Left out, as Artillery is not here (EVENKEEL_ARTILLERY): ${what}.\n`);
  return false;
}

/** What `artillery run` said of a script, and what it ended with. */
export async function artillery(file: string, env: NodeJS.ProcessEnv = {}): Promise<{ code?: number; said: string }> {
  const { code, stdout, stderr } = await runProcess(process.env.EVENKEEL_ARTILLERY ?? "artillery", ["run", file], {
    env: {
      ...process.env,
      ARTILLERY_DISABLE_TELEMETRY: "true",
      // Even so it reports that it ran, and waits for an answer: nothing of a test leaves the machine.
      NODE_OPTIONS: `--require ${join(__dirname, "no-telemetry.js")}`,
      ...env,
    },
  });
  return { code, said: `${stdout}${stderr}` };
}
