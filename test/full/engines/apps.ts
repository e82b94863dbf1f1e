import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import semver from "semver";
import { type Engine, engineNames, engines } from "../../../scaffold";
import { pack, succeed } from "../../support/packed";
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
  const nodes: NodeProgram[] = [];
  for (const major of majors) {
    const folder = temporaryFolder(`node-${major}-`);
    const name = `node-${process.platform}-${process.arch}`;
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    await succeed("npm", [...install, `${name}@${major}`], folder);
    nodes.push({ major, program: join(folder, "node_modules", name, "bin", "node") });
  }
  return nodes;
}

/** Whether an engine allows a major version of Node.js, by its newest release. */
export const allows = ({ node }: Pick<Engine, "node">, major: number): boolean =>
  semver.satisfies(`${major}.99.0`, node);

/** A project as `evenkeel init` writes it, with its packages installed. */
export interface App {
  readonly engine: Engine;
  readonly folder: string;
  /** Runs a program of JavaScript, by default with the Node.js that runs the tests. */
  run(
    script: string,
    args: readonly string[],
    options?: { node?: NodeProgram; env?: NodeJS.ProcessEnv },
  ): Promise<string>;
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
  const apps = new Map<string, App>();
  for (const engine of allEngines) {
    const folder = join(blank, engine.name);
    const init = [
      "init",
      engine.name,
      "--engine",
      engine.name,
      "--evenkeel",
      `file:${tarball}`,
      "--no-install",
      "--yes",
    ];
    await succeed(process.execPath, [join(blank, programs.evenkeel ?? ""), ...init], blank);
    await succeed("npm", install, folder);
    apps.set(engine.name, appIn(folder, engine));
  }
  return apps;
}

function appIn(folder: string, engine: Engine): App {
  return {
    engine,
    folder,
    run: (script, args, { node, env } = {}) => {
      // Jest's cache would be left in the temporary directory.
      const cache = script === "jest" ? ["--cacheDirectory", join(folder, "node_modules", ".cache", "jest")] : [];
      return succeed(node?.program ?? process.execPath, [programs[script] ?? script, ...args, ...cache], folder, env);
    },
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
