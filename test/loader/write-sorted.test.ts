import { resolve } from "node:path";
import { succeed } from "../support/packed";

/** Writes values as the engine's file would, with what it imports there. */
const script = `
const Module = require("node:module");
const file = require.resolve("cdktf/lib/synthesize/synthesizer.js");
const values = [
  {}, [], { b: [], a: {}, c: [{}, [[]]] }, { text: "{}", list: ["[]", "a\\n{}", "\\u2028"] },
  { b: 1, a: null, c: undefined, d: [undefined, 1.5, -0], é: true, "a.b": 1, A: 2 },
  { "10": 1, "9": 2, b: { "1a": 1, "01": 2 } }, JSON.parse('{"__proto__": 1, "a": 2}'), { a: new Date(0) },
  { toJSON: () => ({ z: 1, a: 2 }) }, null, "text", 1, undefined,
];
const stringify = new Module(file, null);
stringify.filename = file;
stringify.paths = Module._nodeModulePaths(file);
const write = stringify.require("json-stable-stringify");
console.log(JSON.stringify(values.map((value) => write(value, { space: 2 }) ?? "nothing")));
`;

async function written(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  const args = ["--require", resolve("dist", "register.js"), "--eval", script];
  return JSON.parse(await succeed(process.execPath, args, ".", env)) as string[];
}

test("V8 writes what the engine's library writes, empty lists and objects and the order of names included", async () => {
  const byLibrary = await written({ EVENKEEL_WRITE_SORTED: "off" });
  expect(await written({})).toEqual(byLibrary);
  expect(byLibrary[0]).toBe("{\n}");
});
