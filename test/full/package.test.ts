import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exportedPaths, pack, succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";
import { wholeOr } from "../support/whole-proofs";

const minutes = 60_000;
const { devDependencies } = require("../../package.json") as { devDependencies: Record<string, string> };
/** Needs @cdktf/provider-vault, which the app does without. */
const optional = "modules/vault-transit-key";
const modules = exportedPaths().filter((path) => path !== "package.json" && path !== "register");
/** Of each folder, one whose exports are written in the same way as those of the others. */
const ofEachFolder = [...new Map(modules.map((path) => [dirname(path), path])).values()];
/** What the engine of the app has. */
const importable = modules.filter((path) => path !== optional && !path.startsWith("cdktn"));
const nameOf = (path: string): string => (path === "" ? "evenkeel" : `evenkeel/${path}`);

let tarball: string;
/** An app of a team, with the package installed from its tarball. */
let app: string;

const bin = (name: string): string => join(app, "node_modules", ".bin", name);
const ourBin = (name: string): string => join("node_modules", ".bin", name);

beforeAll(async () => {
  tarball = await pack();
  app = temporaryFolder("app-");
  cpSync(join(__dirname, "package-app"), app, { recursive: true });
  const engines = ["cdktf", "constructs", "@cdktf/provider-aws"];
  const tools = ["typescript", "jest", "@swc/core", "@swc/jest", "@types/jest", "@types/node", "unrs-resolver"];
  const pinned = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (devDependencies[name] ? [[name, devDependencies[name]]] : [])));
  writePackage(app, {
    dependencies: { evenkeel: `file:${tarball}`, ...pinned(engines) },
    devDependencies: pinned(tools),
    overrides: (require("../../package.json") as { overrides: unknown }).overrides,
  });
  await succeed("npm", [...install, "--ignore-scripts"], app);
}, 10 * minutes);

const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];

function writePackage(folder: string, fields: object): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, ...fields }, undefined, 2));
}

/** Expects a command to end well; what it printed is in the error if it does not. */
async function passes(program: string, args: readonly string[], cwd: string): Promise<void> {
  await expect(succeed(program, args, cwd)).resolves.toEqual(expect.any(String));
}

describe("The packed package", () => {
  test("is what publint asks for", async () => {
    await passes(ourBin("publint"), ["run", tarball, "--strict"], process.cwd());
  });

  test(
    "resolves, with its types, under node16 from CommonJS and ES modules and under bundler",
    async () => {
      const paths = ["--include-entrypoints", ...wholeOr(modules, ofEachFolder).filter((path) => path !== "")];
      await passes(ourBin("attw"), [tarball, "--profile", "node16", "--no-color", ...paths], process.cwd());
    },
    15 * minutes,
  );

  test.each([
    ["cdktf", ["cdktf@latest", "@cdktf/provider-aws@latest", "constructs@latest"]],
    // Which does not take the newest constructs itself.
    ["cdktn", ["cdktn@latest", "@cdktn/provider-aws@latest"]],
  ])(
    "can be installed beside the newest %s and its bindings",
    async (_, engines) => {
      const folder = temporaryFolder("engines-");
      writePackage(folder, {});
      await passes("npm", [...install, "--package-lock-only", tarball, ...engines], folder);
    },
    15 * minutes,
  );
});

describe("In an app with the package installed", () => {
  test("every export can be required", async () => {
    const source = `for (const name of ${JSON.stringify(importable.map(nameOf))}) {
      if (Object.keys(require(name)).length === 0) throw new Error(name + " exports nothing");
    }`;
    await passes(process.execPath, ["--input-type=commonjs", "--eval", source], app);
  });

  test("every export can be imported, by its names as well", async () => {
    const source = `
      import { defineEnvironment } from "evenkeel";
      import { EncryptionKey } from "evenkeel/modules/encryption-key";
      import { httpApi } from "evenkeel/runtime/http";
      import { startCloud } from "evenkeel/testing";
      for (const each of [defineEnvironment, EncryptionKey, httpApi, startCloud]) {
        if (typeof each !== "function") throw new Error("not a function");
      }
      for (const name of ${JSON.stringify(importable.map(nameOf))}) {
        if (Object.keys(await import(name)).length === 0) throw new Error(name + " exports nothing");
      }`;
    await passes(process.execPath, ["--input-type=module", "--eval", source], app);
  });

  test("what needs an optional package says which", async () => {
    const source = `require(${JSON.stringify(nameOf(optional))})`;
    const failed = succeed(process.execPath, ["--input-type=commonjs", "--eval", source], app);
    await expect(failed).rejects.toThrow(/Cannot find module '@cdktf\/provider-vault/);
  });

  test("its inside cannot be imported", async () => {
    const failed = succeed(process.execPath, ["--eval", 'require("evenkeel/dist/gates")'], app);
    await expect(failed).rejects.toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
  });

  test.each([
    { resolution: "node16", module: "node16", file: "types.cts" },
    { resolution: "node16", module: "node16", file: "types.mts" },
    { resolution: "bundler", module: "esnext", file: "types.ts" },
  ])(
    "types are found with moduleResolution $resolution in $file",
    async ({ resolution, module, file }) => {
      const folder = join(app, "types");
      mkdirSync(folder, { recursive: true });
      const lines = importable.flatMap((path, index) => [
        `import * as all${index} from "${nameOf(path)}";`,
        `export const names${index}: readonly string[] = Object.keys(all${index});`,
      ]);
      // An error here is a type that is no type: TypeScript takes what it cannot resolve as any.
      const wrong = [
        'import { defineProject } from "evenkeel";',
        'import { httpApi } from "evenkeel/runtime/http";',
        "// @ts-expect-error: environments are no text",
        'export const project = defineProject({ environments: "none" });',
        "// @ts-expect-error: routes are missing",
        "export const handler = httpApi({});",
      ];
      writeFileSync(join(folder, file), [...lines, ...wrong].join("\n"));
      const options = ["--noEmit", "--strict", "--target", "es2022", "--types", "node", "--skipLibCheck"];
      await passes(
        process.execPath,
        [bin("tsc"), ...options, "--module", module, "--moduleResolution", resolution, join("types", file)],
        app,
      );
    },
    15 * minutes,
  );

  test(
    "the team's own code is type-checked, and its tests run on the simulated cloud",
    async () => {
      const files = ["main.ts", "evenkeel.config.ts", "services/hello/handler.ts", "test/team.spec.ts"];
      const options = ["--noEmit", "--strict", "--target", "es2022", "--types", "node,jest", "--skipLibCheck"];
      await passes(
        process.execPath,
        [bin("tsc"), ...options, "--module", "node16", "--moduleResolution", "node16", ...files],
        app,
      );
      await passes(process.execPath, [bin("jest")], app);
    },
    15 * minutes,
  );
});
