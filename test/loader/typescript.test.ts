import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const register = resolve(__dirname, "..", "..", "dist", "register.js");

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

const run = (cwd: string, file = "main.ts") =>
  runProcess(process.execPath, ["--require", register, file], { cwd, env: process.env });
const cachedIn = (folder: string) => readdirSync(join(folder, ".evenkeel", "typescript"));

describe("A TypeScript file", () => {
  test("runs as it stands, with what it imports", async () => {
    const folder = folderWith({
      "main.ts": [
        'import fs from "node:fs";',
        'import type { Missing } from "./types-only";',
        'import { Stage, greeting } from "./parts/greeting";',
        'import { again } from "./parts/again.js";',
        'import { name } from "./package.json";',
        "const value: Missing | string = greeting(Stage.Second);",
        "console.log(value, again, name, typeof fs.readFileSync, __dirname.length > 0);",
      ].join("\n"),
      "parts/greeting.ts":
        'export enum Stage { First, Second }\nexport const greeting = (stage: Stage) => "stage " + (stage satisfies number);',
      "parts/again.ts": 'export const again = "again";',
      "package.json": '{ "name": "shop" }',
    });
    expect(await run(folder)).toMatchObject({ code: 0, stdout: "stage 1 again shop function true\n", stderr: "" });
  });

  test("is compiled again when it changes, and only then", async () => {
    const folder = folderWith({ "main.ts": "console.log(1 as number);" });
    await run(folder);
    const [first = ""] = cachedIn(folder);
    // What is cached is what runs.
    const cached = join(folder, ".evenkeel", "typescript", first);
    writeFileSync(cached, readFileSync(cached, "utf8").replace("console.log(1", "console.log(2"));
    expect(await run(folder)).toMatchObject({ stdout: "2\n" });
    writeFileSync(join(folder, "main.ts"), "console.log(3 as number);");
    expect(await run(folder)).toMatchObject({ stdout: "3\n" });
    expect(cachedIn(folder)).toHaveLength(2);
  });

  test("runs where nothing can be cached", async () => {
    const folder = folderWith({ "main.ts": "console.log(1 as number);", ".evenkeel": "a file" });
    expect(await run(folder)).toMatchObject({ code: 0, stdout: "1\n" });
  });

  test("that is wrong is named with line and column", async () => {
    const folder = folderWith({
      "main.ts": 'import "./parts/broken";',
      "parts/broken.ts": "export const a: number = ;\n",
    });
    const { code, stderr } = await run(folder);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('parts/broken.ts:1:26: Unexpected ";"; correct the file'),
    ]);
  });

  test("that throws shows the lines of its source", async () => {
    const source = [
      "interface Unused {",
      "  readonly a: string;",
      "}",
      "",
      "function fail(value: Unused): never {",
      "  throw new RangeError(value.a);",
      "}",
      'fail({ a: "no" });',
    ].join("\n");
    const folder = folderWith({ "main.ts": source });
    const { code, stderr } = await run(folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/at fail \(\S+main\.ts:6:9\)\n\s+at Object\.<anonymous> \(\S+main\.ts:8:1\)/);
  });

  test("that does not exist is not found in another form", async () => {
    const folder = folderWith({ "main.ts": 'import "./missing.js";' });
    expect(await run(folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Cannot find module './missing.js'"),
    });
  });
});
