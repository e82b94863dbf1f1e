import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { DocumentData } from "../../cli/document";
import { demoDocument } from "../../cli/documents/demo";

/** `git status` of what is neither committed nor ignored. */
const untracked = () => spawnSync("git", ["status", "--short"], { encoding: "utf8" }).stdout;

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join("dist", "cli", "main.js"), ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });

describe("The command line", () => {
  test(
    "runs the demo to its end",
    () => {
      const before = untracked();
      const { status, stdout, stderr } = run("demo");
      expect([status, stderr]).toEqual([0, expect.stringMatching(/Deploy at foundation: \d\d+ resources/)]);
      for (const stage of ["hardening", "optimization"]) expect(stderr).toContain(`Promote to ${stage}`);
      // One table for each step, in whose last row nothing was replaced or destroyed.
      expect(stdout.match(/^total\t\t\d+\t\d+\t0\t0$/gm)).toHaveLength(3);
      expect(stdout).toMatch(/\torders-endpoint\thttps:\/\/\w{10}\.execute-api\.eu-central-1\.amazonaws\.com$/m);
      expect(stdout).toContain("Nothing was created in AWS.");
      expect(untracked()).toBe(before);
    },
    5 * 60_000,
  );

  test(
    "runs it a second time, and prints one document of it",
    () => {
      const { status, stdout } = run("demo", "--json");
      expect(status).toBe(0);
      const { stages, outputs } = demoDocument.schema.parse(JSON.parse(stdout)) as DocumentData<typeof demoDocument>;
      expect(stages.map(({ stage }) => stage)).toEqual(["foundation", "hardening", "optimization"]);
      expect(stages.flatMap(({ changes }) => changes).filter((row) => row.replaced + row.destroyed > 0)).toEqual([]);
      expect(outputs.map(({ name }) => name)).toContain("orders-endpoint");
    },
    5 * 60_000,
  );

  test(
    "rehearses a promotion and says that nothing is lost",
    () => {
      const { status, stdout } = run("rehearse", "sandbox", "--from", "hardening", "--to", "optimization");
      expect(stdout).toMatch(/^total\t\t\d+\t\d+\t0\t0$/m);
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
