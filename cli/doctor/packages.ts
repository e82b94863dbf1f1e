import { readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { packageRoot } from "../../loader";
import { type Engine, engineNames, engines } from "../../scaffold";
import { type Check, type Finding, fine, note, wrong } from "./check";

interface PackageJson {
  readonly version: string;
  readonly type?: string;
  readonly engines?: { readonly node?: string };
}

const fromProject = createRequire(resolve("package.json"));
const fromToolkit = createRequire(join(packageRoot(), "package.json"));

/** The package.json of a package, as the project or the toolkit finds it. */
function installed(
  name: string,
  require = fromProject,
): { readonly folder: string; readonly version: string } | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const json = readJson(join(folder, name, "package.json"));
    if (json) return { folder: realpathSync(join(folder, name)), version: json.version };
  }
  return undefined;
}

function readJson(file: string): PackageJson | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PackageJson;
  } catch {
    return undefined;
  }
}

/** Versions of Node.js that this package declares. */
export const supportedNode = (): string => readJson(join(packageRoot(), "package.json"))?.engines?.node ?? "*";

/** The engine whose packages the project has installed, whatever their versions. */
export function installedEngine(): Engine | undefined {
  const all = engineNames.map((name) => engines[name]);
  const found = all.filter((engine) => Object.keys(engine.dependencies).every((name) => installed(name)));
  return found.find((engine) => versionsOf(engine).every(({ pinned, version }) => pinned === version)) ?? found[0];
}

const versionsOf = ({ dependencies }: Engine) =>
  Object.entries(dependencies).map(([name, pinned]) => ({ name, pinned, version: installed(name)?.version }));

/** The engine and its bindings. */
export const enginePackages: Check = {
  name: "Engine",
  run: () => {
    const engine = installedEngine();
    if (!engine) {
      const names = Object.keys(engines.cdktf.dependencies).filter((name) => !installed(name));
      return [
        wrong(
          `${names.join(", ")} cannot be found from this folder`,
          "run npm install; a new project has them in its package.json",
        ),
      ];
    }
    const versions = versionsOf(engine);
    const said = versions.map(({ name, version }) => `${name} ${version}`).join(", ");
    const other = versions.filter(({ pinned, version }) => pinned !== version);
    const copies = otherCopies(engine);
    return [
      fine(said),
      ...other.map(({ name, pinned, version }) =>
        note(
          `${name} is ${version}, and this version of the toolkit was tested with ${pinned}`,
          `pin ${pinned} if synthesis fails`,
        ),
      ),
      ...copies,
    ];
  },
};

/** Two copies of an engine do not know each other's constructs. */
function otherCopies({ dependencies }: Engine): Finding[] {
  return Object.keys(dependencies).flatMap((name) => {
    const [here, there] = [fromProject, fromToolkit].map((require) => installed(name, require)?.folder);
    if (!here || !there || here === there) return [];
    return [
      wrong(
        `there are two copies of ${name}: ${here} and ${there}`,
        "install one version for all, then remove node_modules and install again",
      ),
    ];
  });
}

/** The project's own package.json. */
export const moduleType: Check = {
  name: "Modules",
  run: () => {
    if (readJson("package.json")?.type !== "module") return [fine("CommonJS, as the engines are")];
    return [
      wrong(
        'package.json says "type": "module", and the bindings of the engines are CommonJS with imports that ES modules cannot resolve',
        'remove "type", and keep import and export as they are',
      ),
    ];
  },
};
