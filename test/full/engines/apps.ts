import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import semver from "semver";
import { type Engine, engineNames, engines } from "../../../scaffold";
import { type ProcessResult, runProcess } from "../../../terraform";
import { pack, quiet, succeed } from "../../support/packed";
import { temporaryFolder } from "../../support/temporary-folder";

const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];

export const allEngines: readonly Engine[] = engineNames.map((name) => engines[name]);

/** A major version of Node.js that is tested, and where its program is. */
export interface NodeProgram {
  readonly major: number;
  readonly program: string;
}

/** Installs each version of Node.js that some engine allows, as npm packages. */
export async function installNodes(majors: readonly number[]): Promise<NodeProgram[]> {
  const folder = temporaryFolder("node-");
  const name = `node-${process.platform}-${process.arch}`;
  const dependencies = Object.fromEntries(majors.map((major) => [`node-${major}`, `npm:${name}@${major}`]));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }));
  await succeed("npm", install, folder);
  return majors.map((major) => ({ major, program: join(folder, "node_modules", `node-${major}`, "bin", "node") }));
}

/** Whether an engine allows a major version of Node.js, by its newest release. */
export const allows = ({ node }: Pick<Engine, "node">, major: number): boolean =>
  semver.satisfies(`${major}.99.0`, node);

/** A project as `evenkeel init` writes it, with its packages installed. */
export interface App {
  readonly engine: Engine;
  readonly folder: string;
  /** Runs a program of JavaScript, by default with the Node.js that runs the tests. @returns what it printed */
  run(script: string, args: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs it like `run`, however it ends. */
  end(script: string, args: readonly string[], options?: RunOptions): Promise<ProcessResult>;
}

interface RunOptions {
  readonly node?: NodeProgram;
  readonly env?: NodeJS.ProcessEnv;
}

/** Path of a package's program in an app, which a version of Node.js can be told to run. */
const programs: Readonly<Record<string, string>> = {
  evenkeel: "node_modules/evenkeel/dist/cli/main.js",
  jest: "node_modules/jest/bin/jest.js",
  tsc: "node_modules/typescript/bin/tsc",
};

/**
 * Packs this package, installs it alone, and lets it write and install a project for each engine. It runs without any engine then:
 * all are optional.
 */
export async function initApps(): Promise<ReadonlyMap<string, App>> {
  const tarball = await pack();
  const blank = temporaryFolder("blank-");
  writeFileSync(join(blank, "package.json"), JSON.stringify({ private: true }));
  await succeed("npm", [...install, "--omit=peer", tarball], blank);
  const apps = await Promise.all(allEngines.map((engine) => initApp(tarball, blank, engine)));
  return new Map(apps.map((app) => [app.engine.name, app]));
}

async function initApp(tarball: string, blank: string, engine: Engine): Promise<App> {
  const { name } = engine;
  const folder = join(blank, name);
  const init = ["init", name, "--engine", name, "--evenkeel", `file:${tarball}`, "--no-install", "--yes"];
  await succeed(process.execPath, [join(blank, programs.evenkeel ?? ""), ...init], blank);
  await succeed("npm", install, folder);
  return appIn(folder, engine);
}

function appIn(folder: string, engine: Engine): App {
  const commandOf = (script: string, args: readonly string[]): string[] => {
    // Jest's cache would be left in the temporary directory.
    const cache = script === "jest" ? ["--cacheDirectory", join(folder, "node_modules", ".cache", "jest")] : [];
    return [programs[script] ?? script, ...args, ...cache];
  };
  return {
    engine,
    folder,
    run: (script, args, { node, env } = {}) =>
      succeed(node?.program ?? process.execPath, commandOf(script, args), folder, env),
    end: (script, args, { node, env } = {}) =>
      runProcess(node?.program ?? process.execPath, commandOf(script, args), {
        cwd: folder,
        env: { ...process.env, ...quiet, ...env },
      }),
  };
}

/** Writes a file into an app, for example one that only its compiler reads. */
export function writeInto({ folder }: App, file: string, text: string): void {
  mkdirSync(resolve(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** Version of a package that an app has installed. */
export const installedVersion = ({ folder }: App, name: string): string =>
  (JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")) as { version: string }).version;
