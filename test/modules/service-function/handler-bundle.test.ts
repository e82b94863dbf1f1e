import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { cachedBundle } from "../../../modules/service-function/bundle-cache";
import { compareInputs, inputFiles, SeenInputs } from "../../../modules/service-function/bundle-inputs";
import type { BundleOptions } from "../../../modules/service-function/bundle-options";
import { temporaryFolder } from "../../support/temporary-folder";

const bundleCache = require.resolve("../../../modules/service-function/bundle-cache");
const built = jest.fn();
jest.mock("esbuild", () => {
  const real = jest.requireActual<typeof import("esbuild")>("esbuild");
  return {
    ...real,
    buildSync: (options: import("esbuild").BuildOptions) => {
      built();
      return real.buildSync(options);
    },
  };
});

/** A project with a handler, a file of its own and an installed package. */
const sources: Record<string, string> = {
  "services/orders/handler.ts": `
    import { price } from "./price";
    import { round } from "rounding";
    class OrderRefused extends Error {}
    export const handler = async (): Promise<number> => { if (price < 0) throw new OrderRefused(); return round(price); };`,
  "services/orders/price.ts": "export const price: number = 41.7;",
  "node_modules/rounding/package.json": '{ "name": "rounding", "main": "main.js" }',
  "node_modules/rounding/main.js":
    'const path = require("path"); exports.round = (n) => Math.round(n) + path.sep.length - 1;',
  "package.json": '{ "name": "shop", "private": true }',
  "package-lock.json": '{ "lockfileVersion": 3 }',
};

function project(changes: Record<string, string> = {}): BundleOptions {
  const projectRoot = temporaryFolder();
  for (const [file, text] of Object.entries({ ...sources, ...changes })) write(projectRoot, file, text);
  settle();
  return {
    projectRoot,
    entry: "services/orders/handler.ts",
    handler: "handler",
    runtime: "nodejs22.x",
    sourceMap: false,
    external: [],
  };
}
function write(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}
/** What was saved within the last clock ticks is not remembered. */
function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}
/** What was saved within two seconds is not trusted by its times: from here to the end of the test, the clock is ahead by more. */
function growOld(): void {
  settle();
  const { now } = Date;
  jest.spyOn(Date, "now").mockImplementation(() => now() + 2200);
}
afterEach(() => jest.restoreAllMocks());
const bytesOf = (options: BundleOptions) => readFileSync(cachedBundle(options).zipPath);
const filesOf = (options: BundleOptions) => unzipSync(bytesOf(options));
const builds = (act: () => unknown) => {
  built.mockClear();
  act();
  return built.mock.calls.length;
};

const cacheFiles = ({ projectRoot }: BundleOptions, ending: string) =>
  readdirSync(path.join(projectRoot, ".evenkeel/bundles"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => path.join(projectRoot, ".evenkeel/bundles", file));
const damages: [string, string, string][] = [
  ["a zip is cut short", ".zip", "PK"],
  ["a manifest is cut short", ".json", '{"sha256":'],
  ["a manifest is of another form", ".json", '{"sha256":"../../etc","inputs":{}}'],
];

describe("cachedBundle", () => {
  test("gives the same bytes in another folder, with other file times and modes", () => {
    const one = project();
    const two = project();
    for (const file of Object.keys(sources)) {
      utimesSync(path.join(two.projectRoot, file), new Date(2001, 1, 3), new Date(2001, 1, 3));
      chmodSync(path.join(two.projectRoot, file), 0o600);
    }
    expect(bytesOf(two).equals(bytesOf(one))).toBe(true);
  });

  test("gives the same bytes with a source map, which names no folder of this machine", () => {
    const [one, two] = [project(), project()].map((options) => ({ ...options, sourceMap: true })) as [
      BundleOptions,
      BundleOptions,
    ];
    const map = Buffer.from(filesOf(one)["index.mjs.map"] ?? []).toString();
    expect(JSON.parse(map).sources).toEqual(["node_modules/rounding/main.js", "services/orders/handler.ts"]);
    expect(map).not.toContain(path.basename(one.projectRoot));
    expect(bytesOf(two).equals(bytesOf(one))).toBe(true);
  });

  test("holds one module that Node.js runs, with its CommonJS dependency", () => {
    const options = project();
    const files = filesOf(options);
    expect(Object.keys(files)).toEqual(["index.mjs"]);
    const module = path.join(options.projectRoot, "unzipped.mjs");
    writeFileSync(module, files["index.mjs"] ?? "");
    const script = `import(${JSON.stringify(pathToFileURL(module).href)}).then(async (m) => console.log(String(await m.handler())))`;
    expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim()).toBe("42");
  });

  const lazy = {
    "services/orders/handler.ts": `
      import { price } from "./price";
      export const handler = async () => price + (await import("./discount")).discount;`,
    "services/orders/discount.ts": `
      import { price } from "./price";
      import { round } from "rounding";
      export const discount: number = round(price / 10);`,
  };

  test("holds what is imported dynamically, and what both sides share, in files of their own, which Node.js runs", () => {
    const options = project(lazy);
    const files = filesOf(options);
    expect(Object.keys(files)).toEqual([
      expect.stringMatching(/^chunk-[A-Z0-9]{8}\.mjs$/),
      expect.stringMatching(/^discount-[A-Z0-9]{8}\.mjs$/),
      "index.mjs",
    ]);
    expect(Buffer.from(files["index.mjs"] ?? []).toString()).not.toContain("Math.round");
    for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(options.projectRoot, name), bytes);
    const module = pathToFileURL(path.join(options.projectRoot, "index.mjs")).href;
    const script = `import(${JSON.stringify(module)}).then(async (m) => console.log(String(await m.handler())))`;
    expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim()).toBe("45.7");
  });

  test("gives the same bytes in another folder when there are several files, each with its source map", () => {
    const [one, two] = [project(lazy), project(lazy)].map((options) => ({ ...options, sourceMap: true })) as [
      BundleOptions,
      BundleOptions,
    ];
    const names = Object.keys(filesOf(one));
    const modules = names.filter((name) => name.endsWith(".mjs"));
    expect(modules).toHaveLength(3);
    expect(names).toEqual(modules.flatMap((name) => [name, `${name}.map`]));
    expect(bytesOf(two).equals(bytesOf(one))).toBe(true);
  });

  test.each([false, true])(
    "gives the same bytes at another depth when code is behind links that lead out of the project, with source maps: %s",
    async (sourceMap) => {
      const [outside, inside] = [temporaryFolder(), project(lazy).projectRoot];
      for (const [file, text] of Object.entries({ ...sources, ...lazy })) write(outside, `shop/${file}`, text);
      const linked = ["one", "further/down/two"].map((folder): BundleOptions => {
        const projectRoot = path.join(outside, "checkouts", folder);
        mkdirSync(projectRoot, { recursive: true });
        for (const name of ["services", "node_modules", "package.json", "package-lock.json"])
          symlinkSync(path.join(outside, "shop", name), path.join(projectRoot, name));
        return { ...project(), projectRoot, sourceMap };
      });
      const [one, two] = linked as [BundleOptions, BundleOptions];
      const files = filesOf(one);
      const modules = Object.keys(files).filter((name) => name.endsWith(".mjs"));
      expect(modules).toEqual([
        expect.stringMatching(/^chunk-0{7}[12]\.mjs$/),
        expect.stringMatching(/^discount-0{7}[12]\.mjs$/),
        "index.mjs",
      ]);
      expect(bytesOf(two).equals(bytesOf(one))).toBe(true);
      expect(cachedBundle(two).sha256).toBe(cachedBundle(one).sha256);

      for (const [name, bytes] of Object.entries(files))
        write(outside, `unzipped/${name}`, Buffer.from(bytes).toString());
      const module = pathToFileURL(path.join(outside, "unzipped", "index.mjs")).href;
      const script = `import(${JSON.stringify(module)}).then(async (m) => console.log(String(await m.handler())))`;
      expect(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }).trim()).toBe("45.7");

      const maps = Object.values(files).map((bytes) => Buffer.from(bytes).toString());
      expect(maps.filter((text) => text.includes("checkouts") || text.includes(path.basename(outside)))).toEqual([]);
      if (!sourceMap) return;
      const all = new Set(maps.filter((text) => text.startsWith("{")).flatMap((text) => JSON.parse(text).sources));
      expect([...all].sort()).toEqual([
        "rounding/main.js",
        "shop/services/orders/discount.ts",
        "shop/services/orders/handler.ts",
      ]);
      // Columns still lead to the same places as in the project itself.
      const mappings = (of: Record<string, Uint8Array>) =>
        Object.entries(of).flatMap(([name, bytes]) =>
          name.endsWith(".map") ? [JSON.parse(Buffer.from(bytes).toString()).mappings as string] : [],
        );
      const own = mappings(filesOf({ ...one, projectRoot: inside }));
      expect(mappings(files).sort()).toEqual(own.sort());
    },
  );

  test("leaves out what only unused code imports dynamically", () => {
    const unused = {
      "services/orders/browser.ts": 'export const browser = () => import("./discount");',
      "services/orders/price.ts":
        'import { browser } from "./browser";\nexport const price = 41.7;\nexport const unused = browser;',
    };
    const { "services/orders/discount.ts": discount } = lazy;
    const files = filesOf(project({ ...unused, "services/orders/discount.ts": discount }));
    expect(Object.keys(files).filter((name) => !name.startsWith("chunk-"))).toEqual(["index.mjs"]);
  });

  test("refuses an export that only a dynamically imported file has", () => {
    const options = { ...project(lazy), handler: "discount" };
    expect(() => cachedBundle(options)).toThrow(/handler\.ts has no export "discount", only handler; /);
  });

  test("stamps entries with a fixed time and mode", () => {
    const bytes = bytesOf(project());
    const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    expect(bytes.readUInt32LE(central + 12)).toBe(0x00210000); // 1980-01-01 00:00
    expect(bytes.readUInt8(central + 5)).toBe(3); // Unix
    expect(bytes.readUInt32LE(central + 38) >>> 16).toBe(0o100644);
  });

  test("ignores tsconfig files, so that nothing outside the sources changes the bytes", () => {
    const configured = project({
      "tsconfig.json": '{ "compilerOptions": { "useDefineForClassFields": false, "jsx": "react" } }',
    });
    expect(bytesOf(configured).equals(bytesOf(project()))).toBe(true);
  });

  test("is made once and then found again, whatever happens to file times", () => {
    const options = project();
    expect(builds(() => cachedBundle(options))).toBe(1);
    utimesSync(path.join(options.projectRoot, "services/orders/price.ts"), new Date(), new Date());
    expect(builds(() => cachedBundle(options))).toBe(0);
  });

  const changes: [string, (options: BundleOptions) => void][] = [
    [
      "the handler changes",
      ({ projectRoot }) => write(projectRoot, "services/orders/handler.ts", "export const handler = () => 1;"),
    ],
    [
      "an imported file changes",
      ({ projectRoot }) => write(projectRoot, "services/orders/price.ts", "export const price = 2;"),
    ],
    [
      "an imported file is replaced by one that resolves first",
      ({ projectRoot }) => write(projectRoot, "services/orders/price.tsx", "export const price = 3;"),
    ],
    [
      "an installed package changes",
      ({ projectRoot }) => write(projectRoot, "node_modules/rounding/main.js", "exports.round = Math.ceil;"),
    ],
    [
      "an installed package's manifest changes",
      ({ projectRoot }) => {
        write(projectRoot, "node_modules/rounding/other.js", "exports.round = Math.floor;");
        write(projectRoot, "node_modules/rounding/package.json", '{ "name": "rounding", "main": "other.js" }');
      },
    ],
    [
      "a nearer package appears",
      ({ projectRoot }) => {
        write(projectRoot, "services/node_modules/rounding/package.json", '{ "main": "main.js" }');
        write(projectRoot, "services/node_modules/rounding/main.js", "exports.round = Math.trunc;");
      },
    ],
    ["the lock file changes", ({ projectRoot }) => write(projectRoot, "package-lock.json", "{}")],
    ["the lock file is gone", ({ projectRoot }) => rmSync(path.join(projectRoot, "package-lock.json"))],
    [
      "a manifest appears in a source folder",
      ({ projectRoot }) => write(projectRoot, "services/package.json", '{ "sideEffects": false }'),
    ],
  ];

  test.each(changes)("is made anew when %s, with the bytes of a fresh project", (_, change) => {
    const options = project();
    cachedBundle(options);
    change(options);
    settle();
    const fresh = project();
    change(fresh);
    expect(builds(() => cachedBundle(options))).toBe(1);
    expect(bytesOf(options).equals(bytesOf(fresh))).toBe(true);
    expect(builds(() => cachedBundle(options))).toBe(0);
  });

  test("sees a change that keeps size and modification time, in files whose times it already trusts", () => {
    const options = project();
    const file = path.join(options.projectRoot, "services/orders/price.ts");
    growOld();
    cachedBundle(options);
    const { inputs } = JSON.parse(readFileSync(cacheFiles(options, ".json")[0] ?? "", "utf8"));
    expect(compareInputs(options.projectRoot, inputs)).toBe("same");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, readFileSync(file, "utf8").replace("41.7", "14.7"));
    utimesSync(file, atime, mtime);
    expect(compareInputs(options.projectRoot, inputs)).toBe("changed");
    expect(builds(() => cachedBundle(options))).toBe(1);
  });

  test("trusts file times only once they are too old to hide a second change", () => {
    const options = project();
    cachedBundle(options);
    const inputs = () => JSON.parse(readFileSync(cacheFiles(options, ".json")[0] ?? "", "utf8")).inputs;
    expect(compareInputs(options.projectRoot, inputs())).toBe("touched");
    growOld();
    expect(builds(() => cachedBundle(options))).toBe(0);
    expect(compareInputs(options.projectRoot, inputs())).toBe("same");
  });

  test("trusts file times of handlers and packages that are all outside of the project", () => {
    const root = project().projectRoot;
    const options = { ...project(), projectRoot: path.join(root, "packages", "app") };
    mkdirSync(options.projectRoot, { recursive: true });
    symlinkSync(path.join(root, "services"), path.join(options.projectRoot, "services"), "junction");
    cachedBundle(options);
    const inputs = () => JSON.parse(readFileSync(cacheFiles(options, ".json")[0] ?? "", "utf8")).inputs;
    expect(inputFiles(inputs())).toContain("../../services/orders/handler.ts");
    growOld();
    expect(builds(() => cachedBundle(options))).toBe(0);
    expect(compareInputs(options.projectRoot, inputs())).toBe("same");
  });

  test("asks for a file once that two folders have under other names, and still sees that it has changed", () => {
    const options = project();
    const root = options.projectRoot;
    const inner = { ...options, projectRoot: path.join(root, "packages", "app") };
    mkdirSync(inner.projectRoot, { recursive: true });
    symlinkSync(path.join(root, "services"), path.join(inner.projectRoot, "services"), "junction");
    for (const each of [options, inner]) cachedBundle(each);
    growOld();
    for (const each of [options, inner]) cachedBundle(each);
    const [ofRoot, ofInner] = [options, inner].map(
      (each) => JSON.parse(readFileSync(cacheFiles(each, ".json")[0] ?? "", "utf8")).inputs,
    );
    const seen = new SeenInputs();
    expect(compareInputs(root, ofRoot, seen)).toBe("same");
    // What has been seen stays for the run, under either name; the next run looks again.
    writeFileSync(path.join(root, "services/orders/price.ts"), "export const price = 1;");
    expect(compareInputs(inner.projectRoot, ofInner, seen)).toBe("same");
    expect(compareInputs(inner.projectRoot, ofInner)).toBe("changed");
  });

  test("is made anew for other options", () => {
    const options = project();
    cachedBundle(options);
    expect(builds(() => cachedBundle({ ...options, runtime: "nodejs20.x" }))).toBe(1);
    expect(builds(() => cachedBundle({ ...options, external: ["rounding"] }))).toBe(1);
    expect(builds(() => cachedBundle(options))).toBe(0);
  });

  test("bakes constants into the code, and is made anew when one of them changes, but not for their order", () => {
    const options = project({ "services/orders/handler.ts": "export const handler = () => LIMITS.most + FLOOR;" });
    const baked = { ...options, define: { LIMITS: '{"most":41}', FLOOR: "1" } };
    expect(Buffer.from(filesOf(baked)["index.mjs"] ?? []).toString()).toContain("most:41");
    expect(builds(() => cachedBundle({ ...options, define: { FLOOR: "1", LIMITS: '{"most":41}' } }))).toBe(0);
    expect(builds(() => cachedBundle({ ...options, define: { FLOOR: "2", LIMITS: '{"most":41}' } }))).toBe(1);
    expect(builds(() => cachedBundle(options))).toBe(1);
    expect(builds(() => cachedBundle({ ...options, define: {} }))).toBe(0);
  });

  test.each(damages)("is made anew when %s", (_, ending, damage) => {
    const options = project();
    const before = bytesOf(options);
    for (const file of cacheFiles(options, ending)) writeFileSync(file, damage);
    expect(builds(() => cachedBundle(options))).toBe(1);
    expect(bytesOf(options).equals(before)).toBe(true);
  });

  test("is not remembered when a source was saved while it was bundled", () => {
    const options = project();
    built.mockImplementationOnce(() =>
      write(options.projectRoot, "services/orders/price.ts", "export const price = 5;"),
    );
    cachedBundle(options);
    expect(cacheFiles(options, ".json")).toEqual([]);
  });

  test("is whole for each of several processes at once, which leave no temporary file", async () => {
    const options = project();
    const script = `
      const swc = require("@swc/core");
      require.extensions[".ts"] = (module, file) => module._compile(
        swc.transformFileSync(file, { jsc: { parser: { syntax: "typescript" } }, module: { type: "commonjs" } }).code, file);
      const { cachedBundle } = require(${JSON.stringify(bundleCache)});
      console.log(cachedBundle(${JSON.stringify(options)}).sha256);`;
    const run = promisify(execFile);
    const runs = await Promise.all([1, 2, 3].map(() => run(process.execPath, ["-e", script], { cwd: __dirname })));
    const { sha256 } = cachedBundle(options);
    expect(runs.map(({ stdout }) => stdout.trim())).toEqual([sha256, sha256, sha256]);
    expect(cacheFiles(options, ".zip")).toHaveLength(1);
    expect(cacheFiles(options, ".tmp")).toEqual([]);
  }, 30_000);

  const refused: [string, Record<string, string>, RegExp][] = [
    [
      "an import that does not exist",
      { "services/orders/handler.ts": 'import "./missing";\nexport const handler = 1;' },
      /cannot bundle services\/orders\/handler\.ts:\n {2}services\/orders\/handler\.ts:1:8: Could not resolve "\.\/missing"\n; fix the source/,
    ],
    [
      "a syntax error in an imported file",
      { "services/orders/price.ts": "\nexport const = 1;" },
      /services\/orders\/price\.ts:2:14: Expected identifier/,
    ],
    [
      "a package that is not installed",
      { "services/orders/price.ts": 'export { price } from "prices";' },
      /price\.ts:1:23: Could not resolve "prices"\n; .*install the packages it imports/,
    ],
    [
      "a name that an imported file lacks",
      { "services/orders/price.ts": "export const cost = 1;" },
      /handler\.ts:2:14: No matching export in "services\/orders\/price\.ts" for import "price"/,
    ],
    [
      "a handler without the export",
      { "services/orders/handler.ts": "export const main = 1; export const other = 2;" },
      /handler\.ts has no export "handler", only main, other; write "export const handler = \.\.\." there/,
    ],
    [
      "a handler without exports",
      { "services/orders/handler.ts": "console.log(1);" },
      /handler\.ts has no export "handler", it exports nothing/,
    ],
  ];

  test.each(refused)("refuses %s", (_, changes, message) => {
    expect(() => cachedBundle(project(changes))).toThrow(message);
  });

  test("reports all that cannot be resolved at once", () => {
    const options = project({
      "services/orders/handler.ts": 'import "./one";\nimport "./two";\nexport const handler = 1;',
    });
    expect(() => cachedBundle(options)).toThrow(/:1:8: .*"\.\/one"\n.*:2:8: .*"\.\/two"/);
  });

  test("says so when the cache cannot be written", () => {
    const options = project({ ".evenkeel": "a file, not a folder" });
    expect(() => cachedBundle(options)).toThrow(/cannot write .*bundles \(E[A-Z]+\); make the project folder writable/);
  });
});
