import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { initDocument } from "../../cli/documents/init";
import { checkNode } from "../../cli/new-project";
import { toolkitName } from "../../cli/toolkit-name";
import { missingEngine } from "../../cli/without-engine";
import { engines } from "../../scaffold";
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

  test("init refuses wrong answers before it writes anything, all at once", async () => {
    const folder = temporaryFolder();
    const wrong = ["--account", "12", "--home", "eu-west-9", "--standby", "eu-west-2,eu-west-2", "--email", "me"];
    const { code, stderr } = await evenkeel(folder, "init", "mine", "--yes", ...wrong);
    expect([code, stderr.trim().split("\n")]).toEqual([
      1,
      [
        "evenkeel init: 4 mistakes",
        '  account: is not an AWS account id; use the 12 digits, as a string (received "12")',
        '  home: is not one of the allowed values; did you mean "eu-west-1"? (received "eu-west-9")',
        '  email: is not an e-mail address; write it like name@example.com (received "me")',
        '  standby[1]: is listed twice; remove the duplicate (received "eu-west-2")',
      ],
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["--standby of the home region", ["--standby", "eu-west-1"], "standby[0]: is the home region; name another region"],
    [
      "an archive that is not there",
      ["--evenkeel", "file:../gone.tgz"],
      "gone.tgz; write the path as seen from the new",
    ],
  ])("init refuses %s before it writes anything", async (_, options, said) => {
    const folder = temporaryFolder();
    const { code, stderr } = await evenkeel(folder, "init", "mine", "--yes", ...options);
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("init refuses to install for a Node.js that the engine does not run on", () => {
    expect(() => checkNode({ ...engines.cdktn, node: ">=99" })).toThrow(
      `the engine cdktn runs on Node.js >=99, and this is ${process.version}; use another Node.js or another --engine, or`,
    );
    expect(() => checkNode(engines.cdktf)).not.toThrow();
  });

  test.each(["file", "file/below"])("init refuses a folder that cannot be one: %s", async (name) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const { code, stderr } = await evenkeel(folder, "init", name, "--no-install", "--yes");
    expect([code, stderr]).toEqual([1, `${join(folder, name)} is no folder, or is below a file; name a new folder\n`]);
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
