import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { initDocument } from "../../cli/documents/init";
import { toolkitName } from "../../cli/toolkit-name";
import { missingEngine } from "../../cli/without-engine";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

/** Engines are optional peers: `npx evenkeel` installs none. */
const preloaded = resolve(__dirname, "fixtures", "without-engine.js");
const main = resolve("dist", "cli", "main.js");

function evenkeel(cwd: string, ...args: string[]) {
  return runProcess(process.execPath, ["--require", preloaded, main, ...args], { cwd, env: process.env });
}

describe("Without an engine", () => {
  test("the verbs are listed", async () => {
    const { code, stdout } = await evenkeel(temporaryFolder(), "--help");
    expect([code, stdout]).toEqual([0, expect.stringContaining("rehearse")]);
  });

  test("init writes a project", async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await evenkeel(folder, "init", "mine", "--engine", "cdktn", "--no-install", "--json");
    const document = initDocument.schema.parse(JSON.parse(stdout));
    expect([code, document]).toMatchObject([0, { folder: join(folder, "mine"), installed: false }]);
    expect(existsSync(join(folder, "mine", "main.ts"))).toBe(true);
    expect(toolkitName(join(folder, "mine"))).toBe("evenkeel/cdktn");
    const { dependencies } = JSON.parse(readFileSync(join(folder, "mine", "package.json"), "utf8"));
    expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(["cdktn", "@cdktn/provider-aws"]));
    expect(dependencies).not.toHaveProperty("cdktf");
  });

  test.each(["describe", "account", "topology"])("%s says which package is missing, and what to do", async (verb) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "evenkeel.config.ts"), 'import { defineProject } from "evenkeel";\n');
    const { code, stderr } = await evenkeel(folder, verb, "prod");
    expect([code, stderr]).toEqual([
      1,
      "cdktf is not installed, and this toolkit synthesizes with it; run npm install in the folder of a project, or evenkeel doctor there\n",
    ]);
  });

  test("doctor says it as well", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "evenkeel.config.ts"), 'import { defineProject } from "evenkeel";\n');
    const { code, stdout } = await evenkeel(folder, "doctor");
    expect([code, stdout]).toEqual([1, expect.stringContaining("is not installed")]);
  });
});

describe("The build of the command line", () => {
  test.each([
    ['import { defineProject } from "evenkeel";', "evenkeel"],
    ["import { defineProject } from 'evenkeel/cdktn';", "evenkeel/cdktn"],
    ['import { x } from "evenkeel/testing";\nimport { defineProject } from "evenkeel/cdktn";', "evenkeel/cdktn"],
    ["", "evenkeel"],
  ])("is that of the engine that evenkeel.config.ts imports: %s", (source, name) => {
    const folder = temporaryFolder();
    expect(toolkitName(folder)).toBe("evenkeel");
    writeFileSync(join(folder, "evenkeel.config.ts"), source);
    expect(toolkitName(folder)).toBe(name);
  });
});

describe("A missing engine", () => {
  const notFound = (message: string) => Object.assign(new Error(message), { code: "MODULE_NOT_FOUND" });

  test.each([
    ["cdktf", "Cannot find module 'cdktf'\nRequire stack:"],
    ["@cdktn/provider-aws", "Cannot find module '@cdktn/provider-aws/lib/provider'"],
    [undefined, "Cannot find module './mine'"],
    [undefined, "Cannot find module 'cdktf-cli'"],
  ])("is told from any other error: %s", (name, message) => {
    expect(missingEngine(notFound(message))).toBe(name);
    expect(missingEngine(new Error(message))).toBeUndefined();
  });
});
