import { spawnSync } from "node:child_process";

/**
 * Whether a program runs here that is not everywhere; synchronous, for `describe` or `describe.skip`. If EVENKEEL_REQUIRE (a
 * comma-separated list) names it, that it is missing is an error.
 * @param args with which it ends at once, with 0
 * @param debian the package of Debian that has it
 */
export function hasProgram(name: string, args: readonly string[], debian: string): boolean {
  const found = spawnSync(name, args, { stdio: "ignore" }).status === 0;
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((each) => each.trim());
  if (!found && required.includes(name)) {
    throw new Error(
      `EVENKEEL_REQUIRE names ${name}, but it does not run here; install it (Debian: apt-get install ${debian}) or take it out of EVENKEEL_REQUIRE.`,
    );
  }
  return found;
}
