import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassedChecks } from "../../loader";
import { installedLoader, runInstalled, settle, writeFiles } from "../support/installed-loader";
import { temporaryFolder } from "../support/temporary-folder";

/** Says whether a text has passed a check before, and lets it pass. */
const main = `
require("./node_modules/evenkeel/dist/identity");
require("./node_modules/evenkeel/dist/values");
const passed = require("./node_modules/evenkeel/dist/loader").passedChecks();
const texts = [process.env.TEXT];
const isKnown = passed?.has("values", texts);
if (!isKnown) passed?.add("values", texts);
passed?.store();
console.log(isKnown);
`;

const checks = "node_modules/evenkeel/dist/values/index.js";
const data = "node_modules/evenkeel/dist/values/data/lambda.json";

/** The loader of this toolkit as it is installed, with other checks than its own. */
const installation = (): string =>
  installedLoader({
    "main.js": main,
    "node_modules/evenkeel/dist/identity/index.js": "exports.clashesOf = () => [];",
    [checks]: "exports.valueProblems = () => [];",
    [data]: "{}",
  });

const run = (folder: string, env: NodeJS.ProcessEnv = {}): Promise<string> =>
  runInstalled(folder, { TEXT: "a stack", ...env });

/** The first process keeps its modules, the second what passed. */
async function settled(folder: string): Promise<string> {
  settle();
  await run(folder);
  await run(folder);
  return run(folder);
}

test("What has passed a check is known to later processes, and nothing else is", async () => {
  const folder = installation();
  expect(await settled(folder)).toBe("true");
  expect(await run(folder, { TEXT: "another stack" })).toBe("false");
  expect(await run(folder, { TEXT: "another stack" })).toBe("true");
});

test.each([
  ["the code", checks, "exports.valueProblems = () => ['more'];"],
  ["the data", data, '{ "more": 1 }'],
])("Everything is checked again once %s of the checks has changed", async (_, file, text) => {
  const folder = installation();
  expect(await settled(folder)).toBe("true");
  writeFiles(folder, { [file]: text });
  // While it may still be written to, nothing is kept.
  expect(await run(folder)).toBe("false");
  expect(await run(folder)).toBe("false");
  expect(await settled(folder)).toBe("true");
});

test.each([{ EVENKEEL_PASSED_CHECKS: "off" }, { EVENKEEL_MODULE_CACHE: "off" }])(
  "With %p nothing has passed",
  async (env) => {
    const folder = installation();
    expect(await settled(folder)).toBe("true");
    expect(["undefined", "false"]).toContain(await run(folder, env));
    expect(["undefined", "false"]).toContain(await run(folder, env));
  },
);

test("What one version of the checks has passed says nothing to another, and texts are not kept", () => {
  const folder = temporaryFolder("passed-");
  const first = new PassedChecks(
    () => folder,
    () => "a".repeat(64),
  );
  first.add("values", ["one", "two"]);
  first.store();
  const known = (code: string, check: string, ...texts: string[]) =>
    new PassedChecks(
      () => folder,
      () => code,
    ).has(check, texts);
  expect(known("a".repeat(64), "values", "one", "two")).toBe(true);
  expect(known("a".repeat(64), "values", "onet", "wo")).toBe(false);
  expect(known("a".repeat(64), "names", "one", "two")).toBe(false);
  expect(known("b".repeat(64), "values", "one", "two")).toBe(false);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^passed-a{16}$/)]);
});

test("A folder that cannot be written to keeps nothing, and stops nobody", () => {
  const folder = temporaryFolder("passed-");
  writeFileSync(join(folder, "file"), "");
  const checks = new PassedChecks(
    () => join(folder, "file"),
    () => "a".repeat(64),
  );
  checks.add("values", ["one"]);
  expect(() => checks.store()).not.toThrow();
});
