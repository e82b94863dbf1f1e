import { resolve } from "node:path";
import { installedLoader, runInstalled, settle } from "../support/installed-loader";
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
  const folder = installedLoader({
    "main.js": `
      const { finishSoon } = require("./node_modules/evenkeel/dist/loader");
      const { prototype } = module.constructor;
      const { _compile: compile } = prototype;
      const compiled = [];
      prototype._compile = function (code, file, ...rest) {
        compiled.push(require("node:path").basename(file));
        return compile.call(this, code, file, ...rest);
      };
      require("first");
      finishSoon();
      require("last");
      console.log(compiled.join(" "));
    `,
    "node_modules/first/index.js": "",
    "node_modules/last/index.js": "exports.last = () => 1;",
  });
  settle();
  expect(await runInstalled(folder)).toBe("index.js index.js");
  expect(await runInstalled(folder)).toBe("");
  expect(await runInstalled(folder)).toBe("");
}, 60_000);
