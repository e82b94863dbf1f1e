import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** `git status` of what is neither committed nor ignored. */
const untracked = () => spawnSync("git", ["status", "--short"], { encoding: "utf8" }).stdout;

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join("dist", "cli", "main.js"), ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });

describe("The command line", () => {
  test.each(["first", "second"])(
    "runs the demo to its end, the %s time",
    () => {
      const before = untracked();
      const { status, stdout, stderr } = run("demo");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/Deploy at foundation: \d\d+ resources/);
      for (const stage of ["hardening", "optimization"]) expect(stdout).toContain(`Promote to ${stage}`);
      // One table for each step, in whose last row nothing was replaced or destroyed.
      expect(stdout.match(/│ total +│ +│ \d+ +│ \d+ +│ 0 +│ 0 +│/g)).toHaveLength(3);
      expect(stdout).toMatch(/orders-endpoint +│ https:\/\/\w{10}\.execute-api\.eu-central-1\.amazonaws\.com/);
      expect(stdout).toContain("Nothing was created in AWS.");
      expect(untracked()).toBe(before);
    },
    5 * 60_000,
  );

  test(
    "rehearses a promotion and says that nothing is lost",
    () => {
      const { status, stdout } = run("rehearse", "sandbox", "--from", "hardening", "--to", "optimization");
      expect(stdout).toMatch(/total +│ +│ +\d+ │ +\d+ │ +0 │ +0/);
      expect(status).toBe(0);
    },
    5 * 60_000,
  );

  test("describes an environment by what is synthesized", () => {
    const { status, stdout } = run("describe", "prod");
    expect(status).toBe(0);
    for (const stack of ["keys", "data", "services-eu-west-1", "services-eu-central-1", "routing", "operations"]) {
      expect(stdout).toContain(`prod-${stack}`);
    }
  });
});
