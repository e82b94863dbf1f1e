import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { startProcess } from "../../terraform";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");
const cdktf = join(dirname(require.resolve("cdktf-cli/package.json")), "bundle", "bin", "cdktf");
const minutes = 60_000;

/** An app that waits for the file `go-on`, so that a command of it is at work for as long as a test wants. */
const app = (project: string): string => {
  const file = join(project, "waiting-app.js");
  writeFileSync(
    file,
    `const { existsSync } = require("node:fs");
     require("node:fs").writeFileSync(${JSON.stringify(join(project, "begun"))}, "");
     const timer = setInterval(() => {
       if (!existsSync(${JSON.stringify(join(project, "go-on"))})) return;
       clearInterval(timer);
       const { App, TerraformStack } = require(${JSON.stringify(require.resolve("cdktf/lib/index.js"))});
       const app = new App();
       new TerraformStack(app, "one");
       app.synth();
     }, 50);`,
  );
  return `"${process.execPath}" "${file}"`;
};

/** Starts `evenkeel simulate -- cdktf synth` in a project. */
function simulateCdktf(project: string) {
  const args = ["simulate", "--", process.execPath, cdktf, "synth"];
  const { child, ended } = startProcess(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    cwd: project,
    env: {
      ...process.env,
      ENVIRONMENT: "sandbox",
      NO_COLOR: "1",
      CI: "1",
      CDKTF_OUTPUT: undefined,
      CDKTF_OUTDIR: undefined,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  return { pid: child.pid, ended: ended.then(({ code }) => ({ code, output, pid: child.pid })) };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((done) => setTimeout(done, 50));
};

describe("Two commands of one checkout that are simulated at once", () => {
  test(
    "do not share an output folder: the second is refused and names the first, which has a folder of the simulated cloud",
    async () => {
      const project = temporaryFolder();
      writeProject(project, "");
      const manifest = { app: app(project), language: "typescript", output: "cdktf.out" };
      writeFileSync(join(project, "cdktf.json"), JSON.stringify(manifest));
      const both = [simulateCdktf(project), simulateCdktf(project)];
      const refused = await Promise.race(both.map(({ ended }) => ended));
      const [first] = both.filter(({ pid }) => pid !== refused.pid);
      expect(refused.code).toBe(1);
      expect(refused.output.replaceAll(/\s+/g, " ")).toMatch(
        new RegExp(
          `The simulated cloud in .* is in use by process ${first?.pid} \\("evenkeel simulate -- .* synth", since `,
        ),
      );
      // Or it has ended, and what it says is told below.
      let over = false;
      void first?.ended.then(() => (over = true));
      await until(() => over || existsSync(join(project, "begun")));
      writeFileSync(join(project, "go-on"), "");
      expect(await first?.ended).toMatchObject({ code: 0 });
      expect(readdirSync(join(project, ".evenkeel", "simulated", "cdktf.out"))).toContain("manifest.json");
      // That of a real deployment, which may run beside it.
      expect(existsSync(join(project, "cdktf.out"))).toBe(false);
    },
    3 * minutes,
  );
});
