import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, posix, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { bundlerOptions } from "../../modules/service-function";
import { runProcess } from "../../terraform";
import { exportedPaths, pack, unpack } from "../support/packed";
import { toolkitHandlers } from "../support/toolkit-handlers";

/** Below this folder, so that the package finds what it depends on. */
const parent = join(".evenkeel", "test");
let folder: string;
let packed: string;
let files: readonly string[];

beforeAll(async () => {
  mkdirSync(parent, { recursive: true });
  folder = resolve(mkdtempSync(join(parent, "package-")));
  packed = await unpack(await pack(), folder);
  files = readdirSync(packed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(packed.length + 1)
        .replaceAll("\\", "/"),
    );
});
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});

describe("The packed package", () => {
  test("has what users need", () => {
    expect(files).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "CHANGELOG.md",
        "dist/index.d.ts",
        "dist/cli/main.js",
        "dist/esm/package.json",
        "dist/values/data/lambda.json",
        "dist/report/client/index.js",
        "dist/report/client/index.css",
        "docs/pictures/report.png",
        "modules/http-api/README.md",
        "blueprints/README.md",
        "docs/reference/environment.md",
        ...readdirSync(join("values", "data"))
          .filter((name) => name.endsWith(".json"))
          .map((name) => `dist/values/data/${name}`),
        ...toolkitHandlers.map((name) => `dist/esm/handlers/${name}/handler.js`),
      ]),
    );
  });

  test("has no samples, tests, tools of our own or sources", () => {
    const superfluous = /^(dist\/)?(bench|environments|scripts|services|test|coverage|evenkeel\.config|main)\b/;
    expect(files.filter((file) => superfluous.test(file))).toEqual([]);
    expect(files.filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))).toEqual([]);
  });

  test("has no compiled file whose source is gone", () => {
    const sourceOf = (file: string) => file.replace(/^dist\/((esm|cdktn)\/)?/, "").replace(/(\.d\.ts|\.js)$/, ".ts");
    const orphans = files.filter((file) => file.startsWith("dist/") && !existsSync(sourceOf(file)));
    expect(orphans.filter((file) => file !== "dist/esm/package.json")).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(packed, "dist", "esm", "package.json"), "utf8"));
    const sideEffects = ["./runtime/tracing/start.js", "./runtime/vault/identity-tokens.js"];
    expect(manifest).toEqual({ type: "module", sideEffects });
  });

  test("has for cdktn what synthesizes, with the imports of that engine, and nothing else twice", () => {
    const second = files.filter((file) => file.startsWith("dist/cdktn/"));
    const rooms = new Set(second.map((file) => file.split("/")[2]));
    expect([...rooms]).toEqual(expect.arrayContaining(["index.js", "cli", "config", "modules", "stacks", "testing"]));
    for (const room of ["errors", "loader", "runtime", "simulator", "terraform", "values"])
      expect(rooms).not.toContain(room);
    const lost = second.flatMap((file) => {
      const code = readFileSync(join(packed, file), "utf8");
      // In code, `from "…"` is text of a file that `evenkeel init` writes.
      const named = file.endsWith(".js") ? /\b(?:require|import)\("([^"\n]+)"/g : /\b(?:import\(|from )"([^"\n]+)"/g;
      const found = code.matchAll(named);
      const imports = [...found].map(([, name]) => name ?? "").filter((name) => !name.includes("${"));
      return imports
        .filter((name) => (name.startsWith(".") ? !isThere(join(packed, file, "..", name)) : /^@?cdktf/.test(name)))
        .map((name) => `${file}: ${name}`);
    });
    // Which says that this engine has none.
    const vault = /^dist\/cdktn\/stacks\/load-vault\.(js|d\.ts): \.\/vault-stack$/;
    expect(lost.filter((each) => !vault.test(each))).toEqual([]);
    expect(lost).not.toEqual([]);
  });

  test("has what its documents link to", () => {
    const documents = files.filter((file) => file.endsWith(".md"));
    const there = new Set(files.flatMap((file) => [file, ...foldersOf(file)]));
    const links = documents.flatMap((file) =>
      relativeLinks(readFileSync(join(packed, file), "utf8")).map((link) => ({ file, link })),
    );
    expect(links.length).toBeGreaterThan(150);
    expect(links.filter(({ file, link }) => !there.has(posix.join(posix.dirname(file), link)))).toEqual([]);
  });

  test("has a README for each module, blueprint room and part that it exports", () => {
    expect(files.filter((file) => /^modules\/[^/]+\/README\.md$/.test(file)).length).toBeGreaterThan(24);
  });
});

describe("A bundle of what runs in Lambda", () => {
  const parts = exportedPaths().filter((path) => path.startsWith("runtime/"));
  const hello = (runtime: string, index: string) => `
    import { healthRoute, httpApi } from "${runtime}/http${index}";
    import { loggerVariables, loggerFromEnvironment } from "${runtime}/observability${index}";
    import { readEnvironment } from "${runtime}/environment${index}";
    const logger = loggerFromEnvironment(readEnvironment(loggerVariables));
    export const handler = httpApi({ logger, routes: { "GET /hello": () => ({ status: 200, body: { hello: "world" } }) } });
  `;

  test.each(parts)("is as small from the package as from source: %s", (part) => {
    const fromPackage = bundled(`export * from "evenkeel/${part}";`);
    const fromSource = bundled(`export * from "${resolve(part, "index.ts")}";`);
    expect(fromPackage).toBeGreaterThan(0);
    expectClose(fromPackage, fromSource);
  });

  test("is as small from the package as from source, and small at all: a hello route", () => {
    const fromPackage = bundled(hello("evenkeel/runtime", ""));
    expectClose(fromPackage, bundled(hello(resolve("runtime"), "/index.ts")));
    // What comes with it for a key of a distribution is loaded where there is one.
    expect(loadedAtStart(join(folder, "entry.ts"))).toBeLessThan(64 * 1024);
  });

  test("loads clients of AWS on demand, also where they are imported by the folder's name", () => {
    writeFileSync(
      join(folder, "entry.ts"),
      `import { encryptionFromEnvironment } from "evenkeel/runtime/encryption";
       import { parameterStoreSource } from "evenkeel/runtime/settings";
       const source = parameterStoreSource({ path: "/test", region: "eu-west-1" });
       export const handler = async () => [encryptionFromEnvironment(), await source()];`,
    );
    const { metafile } = buildSync(optionsFor(join(folder, "entry.ts")));
    const withClient = (client: string) =>
      Object.entries(metafile.outputs)
        .filter(([, { inputs }]) => Object.keys(inputs).some((path) => path.includes(`@aws-sdk/${client}/`)))
        .map(([path]) => path.replace(/-[A-Z0-9]{8}\.mjs$/, ""));
    expect([withClient("client-kms"), withClient("client-ssm")]).toEqual([["kms"], ["parameter-store"]]);
  });

  test("answers from the package: a hello route", async () => {
    const bundle = join(folder, "hello", "index.mjs");
    writeFileSync(join(folder, "entry.ts"), hello("evenkeel/runtime", ""));
    buildSync({ ...optionsFor(join(folder, "entry.ts")), write: true, outdir: join(folder, "hello") });
    const event = { version: "2.0", routeKey: "GET /hello", headers: {}, requestContext: { requestId: "1" } };
    const call = `
      const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
      console.error((await handler(${JSON.stringify(event)}, {})).body);`;
    const env = { ...process.env, ENVIRONMENT: "test", SERVICE_NAME: "hello", AWS_REGION: "eu-west-1" };
    const { stderr } = await runProcess(process.execPath, ["--input-type=module", "--eval", call], { env });
    expect(stderr.trim()).toBe('{"hello":"world"}');
  });

  test.each(toolkitHandlers)("is as small from the package as from source: the handler %s", (name) => {
    const fromPackage = sizeOf(join(packed, "dist", "esm", "handlers", name, "handler.js"));
    expectClose(fromPackage, sizeOf(resolve("handlers", name, "handler.ts")));
  });
});

/** Where a document leads to in its own package, without the part of a page. */
const relativeLinks = (document: string): string[] =>
  [...document.replace(/```[\s\S]*?```/g, "").matchAll(/\]\(([^)\s]*)\)|^\[[^\]\n]+\]: (\S+)$/gm)]
    .map(([, inline, defined]) => inline ?? defined ?? "")
    .filter((link) => !/^([a-z]+:|#)/.test(link))
    .map((link) => link.replace(/#.*|\/$/g, ""));

function foldersOf(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === "." ? ["."] : [folder, ...foldersOf(folder)];
}

/** Whether code, types or data are where a compiled file imports them from. */
const isThere = (path: string): boolean =>
  path.endsWith(".json") ||
  [".js", ".d.ts", "/index.js", "/index.d.ts"].some((ending) => existsSync(path.replace(/\.js$/, "") + ending));

function expectClose(fromPackage: number, fromSource: number): void {
  expect(Math.abs(fromPackage - fromSource) / fromSource).toBeLessThan(0.05);
}

function bundled(source: string): number {
  const entry = join(folder, "entry.ts");
  writeFileSync(entry, source);
  return sizeOf(entry);
}

/** All files of a bundle, in bytes. */
const sizeOf = (entry: string): number =>
  buildSync(optionsFor(entry)).outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);

/** What a function loads before its first request, in bytes: the entry, and the files that it imports other than on demand. */
function loadedAtStart(entry: string): number {
  const { outputs } = buildSync(optionsFor(entry)).metafile;
  const [first = ""] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint?.endsWith("entry.ts")) ?? [];
  const seen = new Set([first]);
  for (const file of seen) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && outputs[path]) seen.add(path);
    }
  }
  return [...seen].reduce((sum, file) => sum + (outputs[file]?.bytes ?? Number.NaN), 0);
}

/** As the toolkit bundles a function. */
function optionsFor(entry: string) {
  const options = bundlerOptions({
    entry,
    handler: "handler",
    runtime: "nodejs22.x",
    sourceMap: false,
    external: [],
    projectRoot: folder,
  });
  const credentials = join(packed, "dist", "esm", "runtime", "aws", "lambda-credentials.js");
  const alias = {
    ...options.alias,
    ...(entry.startsWith(packed) && { "@aws-sdk/credential-provider-node": credentials }),
  };
  return { ...options, alias };
}
