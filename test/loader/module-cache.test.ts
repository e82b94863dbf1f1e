import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");

/**
 * What was written in the last two seconds may be written again with the same mark, so it is not kept. Programs run by a clock that is
 * put ahead, and what is written later has the time of that clock.
 */
function settle(): void {
  aheadMs += 2200;
}
let aheadMs = 0;

/** Puts the clock of a process ahead. */
const clock = "const { now } = Date;\nDate.now = () => now() + Number(process.env.AHEAD_MS);\n";

/** Says what a package says, and how many of its files Node.js had to compile. */
const main = `
const { prototype } = require("node:module");
const { _compile: compile } = prototype;
const compiled = [];
prototype._compile = function (code, file, ...rest) {
  if (!file.endsWith("main.js")) compiled.push(require("node:path").basename(file));
  return compile.call(this, code, file, ...rest);
};
Promise.resolve(require("shop")).then((said) => console.log([said, ...compiled].join(" ")));
`;

/** A folder with the loader of this toolkit as it is installed, and a package beside it. */
function installation(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(temporaryFolder("modules-"));
  const toolkit = join(folder, "node_modules", "evenkeel");
  for (const part of ["package.json", "dist/register.js", "dist/loader", "dist/errors"]) {
    cpSync(join(root, part), join(toolkit, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules", "esbuild"), join(folder, "node_modules", "esbuild"), "junction");
  write(folder, {
    "main.js": main,
    "clock.js": clock,
    "node_modules/shop/package.json": '{ "name": "shop", "main": "index.js" }',
    "node_modules/shop/index.js": 'module.exports = [require("./lib/prices"), require("goods")].join(" ");',
    "node_modules/shop/lib/prices.js": '// 😀 not Latin-1\nmodule.exports = "cheap";',
    "node_modules/goods/index.js": 'module.exports = "far";',
    ...files,
  });
  return folder;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  const now = (Date.now() + aheadMs) / 1000;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
    utimesSync(join(folder, file), now, now);
  }
}

async function run(cwd: string, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const args = ["--require", "./clock.js", "--require", "evenkeel/register", "main.js"];
  const { code, stdout, stderr } = await runProcess(process.execPath, args, {
    cwd,
    env: { ...process.env, AHEAD_MS: String(aheadMs), ...env },
  });
  return code === 0 ? stdout.trim() : stderr;
}

const packsIn = (folder: string): string[] => {
  const cache = join(folder, "node_modules", ".cache", "evenkeel");
  return existsSync(cache) ? readdirSync(cache).map((name) => join(cache, name)) : [];
};

const all = "index.js prices.js index.js";

describe("Compiled modules", () => {
  test("are kept for the next process, until a file or what is installed changes", async () => {
    const folder = installation();
    settle();
    expect(await run(folder)).toBe(`cheap far ${all}`);
    expect(await run(folder)).toBe("cheap far");
    // Of the same length, as V8 compares no more than that.
    write(folder, { "node_modules/goods/index.js": 'module.exports = "new";' });
    expect(await run(folder)).toBe("cheap new index.js");
    settle();
    expect(await run(folder)).toBe("cheap new index.js");
    expect(await run(folder)).toBe("cheap new");
    write(folder, { "node_modules/shop/node_modules/goods/index.js": 'module.exports = "near";' });
    expect(await run(folder)).toBe("cheap near index.js");
    rmSync(join(folder, "node_modules/shop/node_modules"), { recursive: true });
    expect(await run(folder)).toBe("cheap new");
  }, 60_000);

  test("have their own place when another package is named by a manifest", async () => {
    const folder = installation();
    settle();
    await run(folder);
    settle();
    await run(folder);
    write(folder, {
      "node_modules/goods/package.json": '{ "main": "other.js" }',
      "node_modules/goods/other.js": 'module.exports = "other";',
    });
    expect(await run(folder)).toBe("cheap other other.js");
  }, 60_000);

  test("can import ES modules, and name their file and line when they fail", async () => {
    const folder = installation({
      "node_modules/goods/index.js": 'module.exports = import("goods/later.mjs").then(({ value }) => value);',
      "node_modules/goods/later.mjs": 'export const value = "later";',
      "node_modules/shop/index.js":
        'module.exports = require("goods");\nif (process.env.FAIL) throw new Error("failed");',
    });
    settle();
    // V8 does not keep how a script imports; what imports in this way is not kept.
    for (const compiled of [" index.js index.js", " index.js"]) {
      expect(await run(folder)).toBe(`later${compiled}`);
      expect(await run(folder, { FAIL: "1" })).toContain(join("node_modules", "shop", "index.js:2"));
    }
  }, 60_000);

  test("are not needed: off, damaged, or not to be written", async () => {
    const folder = installation();
    settle();
    expect(await run(folder, { EVENKEEL_MODULE_CACHE: "off" })).toBe(`cheap far ${all}`);
    expect(packsIn(folder)).toEqual([]);
    await run(folder);
    const [pack = ""] = packsIn(folder);
    const whole = readFileSync(pack);
    for (const damaged of [whole.subarray(0, 3), whole.subarray(0, whole.length - 9), Buffer.from("no pack at all")]) {
      writeFileSync(pack, damaged);
      expect(await run(folder)).toBe(`cheap far ${all}`);
    }
    rmSync(dirname(pack), { recursive: true });
    writeFileSync(dirname(pack), "a file");
    expect(await run(folder)).toBe(`cheap far ${all}`);
  }, 60_000);

  test("are kept in a few packs of a name, those that were written last", async () => {
    const folder = installation();
    const cache = join("node_modules", ".cache", "evenkeel");
    const old = Array.from({ length: 8 }, (_, days) => `synthesis-${days}.bin`);
    const half = "synthesis-8.bin.1.tmp";
    write(folder, Object.fromEntries([...old, half, "cli-9.bin"].map((name) => [join(cache, name), "a pack"])));
    for (const [days, name] of [...old, half, "cli-9.bin"].entries()) {
      const written = Date.now() / 1000 - (days + 1) * 24 * 3600;
      utimesSync(join(folder, cache, name), written, written);
    }
    settle();
    await run(folder);
    const names = packsIn(folder).map((path) => basename(path));
    const left = ["cli-9.bin", ...old.slice(0, 5)];
    expect(names).toEqual(expect.arrayContaining(left));
    expect(names.filter((name) => !left.includes(name))).toEqual([
      expect.stringMatching(/^synthesis-[0-9a-f]{16}\.bin$/),
    ]);
  }, 60_000);
});
