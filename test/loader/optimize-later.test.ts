import { resolve } from "node:path";
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
