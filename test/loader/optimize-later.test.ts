import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";

/** Which modules of Node.js a process has loaded when it gives V8 the first flag, and which it loads afterwards to synthesize. */
const script = `
const v8 = require("node:v8");
const { setFlagsFromString } = v8;
const loaded = () => process.moduleLoadList.filter((name) => /^NativeModule [a-z_0-9]+$/.test(name));
let before = [];
v8.setFlagsFromString = (flag) => {
  if (before.length === 0) before = loaded();
  setFlagsFromString(flag);
};
require(${JSON.stringify(resolve("dist", "register.js"))});
const { App } = require("cdktf");
require(${JSON.stringify(resolve("dist", "index.js"))});
new App().synth();
console.log(JSON.stringify({ before, later: loaded().filter((name) => !before.includes(name)) }));
`;

test("Modules of Node.js are loaded before V8 has flags for which Node.js would compile them anew", async () => {
  const env = { CDKTF_OUTDIR: resolve(temporaryFolder("optimize-later-"), "out") };
  const { before, later } = JSON.parse(await succeed(process.execPath, ["--eval", script], ".", env));
  if (!/^v(20|22)\./.test(process.version)) return expect(before).toEqual([]);
  expect(before).toEqual(expect.arrayContaining(["NativeModule assert", "NativeModule child_process"]));
  expect(later).toEqual([]);
});

test("Modules that are loaded after a synthesis are kept as well", async () => {
  const folder = temporaryFolder("optimize-later-");
  const main = `
    // What was written moments ago is not kept.
    const { now } = Date;
    Date.now = () => now() + 5000;
    const { optimizeLater, cacheModules, finishSoon } = require("./node_modules/evenkeel/dist/loader");
    optimizeLater();
    cacheModules("late");
    const { _compile: compile } = module.constructor.prototype;
    const compiled = [];
    module.constructor.prototype._compile = function (code, file, ...rest) {
      compiled.push(require("node:path").basename(file));
      return compile.call(this, code, file, ...rest);
    };
    require("first");
    finishSoon();
    require("last");
    console.log(compiled.join(" "));
  `;
  const files = {
    "main.js": main,
    "node_modules/first/index.js": "",
    "node_modules/last/index.js": "exports.last = () => 1;",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const part of ["package.json", "dist/loader", "dist/errors"]) {
    cpSync(resolve(part), join(folder, "node_modules", "evenkeel", part), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  const run = () => succeed(process.execPath, ["main.js"], folder);
  expect((await run()).trim()).toBe("index.js index.js");
  expect((await run()).trim()).toBe("");
  expect((await run()).trim()).toBe("");
}, 60_000);
