import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { installedLoader, runInstalled, settle, writeFiles } from "../support/installed-loader";

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

/** The loader of this toolkit as it is installed, and a package beside it. */
const installation = (files: Readonly<Record<string, string>> = {}): string =>
  installedLoader({
    "main.js": main,
    "node_modules/shop/package.json": '{ "name": "shop", "main": "index.js" }',
    "node_modules/shop/index.js": 'module.exports = [require("./lib/prices"), require("goods")].join(" ");',
    "node_modules/shop/lib/prices.js": '// 😀 not Latin-1\nmodule.exports = "cheap";',
    "node_modules/goods/index.js": 'module.exports = "far";',
    ...files,
  });

const packsIn = (folder: string): string[] => {
  const cache = join(folder, "node_modules", ".cache", "evenkeel");
  return existsSync(cache) ? readdirSync(cache).map((name) => join(cache, name)) : [];
};

const all = "index.js prices.js index.js";

describe("Compiled modules", () => {
  test("are kept for the next process, until a file or what is installed changes", async () => {
    const folder = installation();
    settle();
    expect(await runInstalled(folder)).toBe(`cheap far ${all}`);
    expect(await runInstalled(folder)).toBe("cheap far");
    // Of the same length, as V8 compares no more than that.
    writeFiles(folder, { "node_modules/goods/index.js": 'module.exports = "new";' });
    expect(await runInstalled(folder)).toBe("cheap new index.js");
    settle();
    expect(await runInstalled(folder)).toBe("cheap new index.js");
    expect(await runInstalled(folder)).toBe("cheap new");
    writeFiles(folder, { "node_modules/shop/node_modules/goods/index.js": 'module.exports = "near";' });
    expect(await runInstalled(folder)).toBe("cheap near index.js");
    rmSync(join(folder, "node_modules/shop/node_modules"), { recursive: true });
    expect(await runInstalled(folder)).toBe("cheap new");
  }, 60_000);

  test("have exports like any other object, also in the middle of a circle of imports", async () => {
    const folder = installation({
      "node_modules/shop/index.js": `
        const said = [Object.getPrototypeOf(exports) === Object.prototype, exports === module.exports, this === exports];
        exports.b = 1;
        exports.a = 2;
        exports.inTheMiddle = require("./lib/prices");
        said.push(Object.keys(exports).join(), JSON.stringify(exports), Object.getOwnPropertyNames({ ...exports }).length);
        module.exports = said.join(" ");`,
      "node_modules/shop/lib/prices.js": 'module.exports = Object.entries(require("..")).join(";");',
    });
    const expected = 'true true true b,a,inTheMiddle {"b":1,"a":2,"inTheMiddle":"b,1;a,2"} 3';
    settle();
    expect(await runInstalled(folder)).toBe(`${expected} index.js prices.js`);
    expect(await runInstalled(folder)).toBe(expected);
  }, 60_000);

  test("have their own place when another package is named by a manifest", async () => {
    const folder = installation();
    settle();
    await runInstalled(folder);
    settle();
    await runInstalled(folder);
    writeFiles(folder, {
      "node_modules/goods/package.json": '{ "main": "other.js" }',
      "node_modules/goods/other.js": 'module.exports = "other";',
    });
    expect(await runInstalled(folder)).toBe("cheap other other.js");
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
      expect(await runInstalled(folder)).toBe(`later${compiled}`);
      expect(await runInstalled(folder, { FAIL: "1" })).toContain(join("node_modules", "shop", "index.js:2"));
    }
  }, 60_000);

  test("are not needed: off, damaged, or not to be written", async () => {
    const folder = installation();
    settle();
    expect(await runInstalled(folder, { EVENKEEL_MODULE_CACHE: "off" })).toBe(`cheap far ${all}`);
    expect(packsIn(folder)).toEqual([]);
    await runInstalled(folder);
    const [pack = ""] = packsIn(folder);
    const whole = readFileSync(pack);
    for (const damaged of [whole.subarray(0, 3), whole.subarray(0, whole.length - 9), Buffer.from("no pack at all")]) {
      writeFileSync(pack, damaged);
      expect(await runInstalled(folder)).toBe(`cheap far ${all}`);
    }
    rmSync(dirname(pack), { recursive: true });
    writeFileSync(dirname(pack), "a file");
    expect(await runInstalled(folder)).toBe(`cheap far ${all}`);
  }, 60_000);

  test("are kept in a few packs of a name, those that were written last", async () => {
    const folder = installation();
    const cache = join("node_modules", ".cache", "evenkeel");
    const old = Array.from({ length: 8 }, (_, days) => `synthesis-${days}.bin`);
    const half = "synthesis-8.bin.1.tmp";
    writeFiles(folder, Object.fromEntries([...old, half, "cli-9.bin"].map((name) => [join(cache, name), "a pack"])));
    for (const [days, name] of [...old, half, "cli-9.bin"].entries()) {
      const written = Date.now() / 1000 - (days + 1) * 24 * 3600;
      utimesSync(join(folder, cache, name), written, written);
    }
    settle();
    await runInstalled(folder);
    const names = packsIn(folder).map((path) => basename(path));
    const left = ["cli-9.bin", ...old.slice(0, 5)];
    expect(names).toEqual(expect.arrayContaining(left));
    expect(names.filter((name) => !left.includes(name))).toEqual([
      expect.stringMatching(/^synthesis-[0-9a-f]{16}\.bin$/),
    ]);
  }, 60_000);
});
