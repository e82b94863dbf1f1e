import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as toolkit from "../../index";
import { succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";

/** What the compiler writes. */
const passesOn = `"use strict";
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) exports[p] = m[p];
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.two = void 0;
/**
 * About it.
 */
__exportStar(require("./one"), exports);
var two_1 = require("./two");
Object.defineProperty(exports, "two", { enumerable: true, get: function () { return two_1.two; } });
`;

const sources = {
  "modules/a/index.js": passesOn,
  "modules/a/one.js": 'exports.one = 1; exports.default = "no"; console.log("one loaded");',
  "modules/a/two.js": 'exports.two = { deep: 2 }; exports.hidden = 3; console.log("two loaded");',
  "modules/b/index.js": passesOn,
  "modules/b/one.js": "exports.one = 1;",
  "modules/b/two.js": 'exports.two = 2; require("./three");',
  "modules/b/three.js": '(() => require("cdktf"));',
  "modules/c/index.js": passesOn,
  "modules/c/one.js": 'exports.one = 1; (() => require("@cdktf/provider-aws/lib/s3-bucket"));',
  "modules/c/two.js": "exports.two = 2;",
  "modules/a/own/index.js": `${passesOn.replaceAll("./", "../")}exports.three = 3;\n`,
  "modules/a/renamed/index.js": passesOn.replaceAll("./", "../").replace("two_1.two", "two_1.hidden"),
};

test("What is exported is loaded when it is used, and files with code of their own stay as they are", async () => {
  const folder = temporaryFolder("dist-");
  const files = Object.entries(sources).map(([name, text]) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
  // Where it is written, all of it is loaded.
  await succeed(
    process.execPath,
    [
      "--eval",
      `require(${JSON.stringify(resolve("scripts/build/lazy-exports"))}).writeLazyExports(${JSON.stringify(folder)}, ${JSON.stringify(files)})`,
    ],
    ".",
    {},
  );
  for (const file of ["modules/a/own/index.js", "modules/a/renamed/index.js"] as const) {
    expect(readFileSync(join(folder, file), "utf8")).toBe(sources[file]);
  }
  // Without the engine, or its bindings, it cannot be imported, whatever is used of it.
  const without = `
const report = ({ code, message }) => console.log(code, message.split("\\n")[0]);
try { require("./modules/b"); } catch (error) { report(error); }
import("./modules/b/index.js").catch(report).then(() => import("./modules/c/index.js")).catch(report);
`;
  expect((await succeed(process.execPath, ["--eval", without], folder, {})).trim().split("\n")).toEqual([
    "MODULE_NOT_FOUND Cannot find module 'cdktf'",
    "MODULE_NOT_FOUND Cannot find module 'cdktf'",
    "MODULE_NOT_FOUND Cannot find module '@cdktf/provider-aws/package.json'",
  ]);
  const use = `
const all = require("./modules/a");
console.log("imported", Object.keys(all).join());
console.log(all.two.deep, all.two === all.two, all.hidden, all.__esModule, all.one);
import("./modules/a/index.js").then(({ one, two }) => console.log(one, two.deep));
`;
  expect((await succeed(process.execPath, ["--eval", use], folder, {})).trim().split("\n")).toEqual([
    "imported one,two",
    "two loaded",
    "one loaded",
    "2 true undefined true 1",
    "1 2",
  ]);
});

test("The package exports the names of its sources, to CommonJS and to ES modules, and loads none at first", async () => {
  const listed = `
const all = require("evenkeel");
const loaded = Object.keys(require.cache).filter((file) => /dist.(modules|stacks|capabilities)/.test(file)).length;
import("evenkeel").then((names) => console.log(JSON.stringify([loaded, Object.keys(all), Object.keys(names), typeof all.defineEnvironment])));
`;
  const [loaded, names, ofEsModule, type] = JSON.parse(
    await succeed(process.execPath, ["--eval", listed], ".", {}),
  ) as [number, string[], string[], string];
  expect([loaded, type]).toEqual([0, "function"]);
  expect(names.sort()).toEqual(Object.keys(toolkit).sort());
  expect(ofEsModule).toEqual(expect.arrayContaining(names));
});
