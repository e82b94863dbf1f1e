/**
 * `npm run build`: compiles everything into `dist` as CommonJS, and what runs in Lambda into `dist/esm` as ES modules as well,
 * so that bundlers leave out what a function does not use. Index files of what synthesizes load their parts when these are used. What synthesizes is
 * written into `dist/cdktn` for the second engine as well. Removes what earlier builds left: `dist` is what is packed. Does nothing if nothing has
 * changed since.
 *
 * `--unchecked` compiles without looking at types, for what writes a part of the types itself; the next build is not spared by it.
 */
const { spawn } = require("node:child_process");
const { readdirSync, rmdirSync, rmSync, writeFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { inputs, isBuilt, recordBuild } = require("./build-record");
const { writeClient } = require("./client");
const { writeLazyExports } = require("./lazy-exports");
const { writeSecondEngine } = require("./second-engine");

const dist = resolve("dist");
const unchecked = process.argv.includes("--unchecked");
/** One run of the compiler each; they write to different files, and run side by side. */
const projects = ["tsconfig.build.json", "tsconfig.esm.json"];
/** Files that are no compiled source. */
const written = {
  [join(dist, "esm", "package.json")]: {
    type: "module",
    sideEffects: ["./runtime/tracing/start.js", "./runtime/vault/identity-tokens.js"],
  },
};

/** @returns {Promise<{ code: number, said: string, files: string[] }>} what the compiler said, and what it wrote */
function compile(project) {
  const tsc = join(require.resolve("typescript/package.json"), "..", "bin", "tsc");
  const compiler = spawn(
    process.execPath,
    [tsc, "--project", project, "--listEmittedFiles", ...(unchecked ? ["--noCheck"] : [])],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  compiler.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  return new Promise((done, fail) => {
    compiler.once("error", fail);
    compiler.once("close", (code) => {
      const lines = output.split(/\r?\n/);
      const prefix = "TSFILE: ";
      const files = lines.filter((line) => line.startsWith(prefix)).map((line) => resolve(line.slice(prefix.length)));
      done({ code: code ?? 1, files, said: lines.filter((line) => !line.startsWith(prefix)).join("\n") });
    });
  });
}

/** Removes the files of a folder that are not to stay, and then empty folders. @returns {boolean} whether it is empty */
function removeLeftovers(folder, kept) {
  const left = readdirSync(folder, { withFileTypes: true }).filter((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      if (!kept.has(path)) rmSync(path, { force: true });
      return kept.has(path);
    }
    const empty = removeLeftovers(path, kept);
    if (empty) rmdirSync(path);
    return !empty;
  });
  return left.length === 0;
}

async function build() {
  const from = inputs();
  if (isBuilt(dist, from)) return 0;
  const runs = await Promise.all(projects.map(compile));
  process.stdout.write(runs.map(({ said }) => said).join(""));
  const failed = runs.find(({ code }) => code !== 0);
  if (failed) return failed.code;
  for (const [path, content] of Object.entries(written)) writeFileSync(path, `${JSON.stringify(content)}\n`);
  const compiled = runs.flatMap(({ files }) => files);
  writeLazyExports(dist, compiled);
  const second = writeSecondEngine(dist, compiled);
  const client = await writeClient(dist);
  removeLeftovers(dist, new Set([...compiled, ...second, ...client, ...Object.keys(written)]));
  if (!unchecked) recordBuild(dist, from);
  return 0;
}

build().then((code) => {
  process.exitCode = code;
});
