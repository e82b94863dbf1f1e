import Module from "node:module";
import { join, sep } from "node:path";
import { packageRoot } from "./package-root";

type Load = (request: string, parent: NodeJS.Module | undefined, isMain: boolean) => unknown;

/** The file of each engine that zips folders for it, in a process of its own: no other process uses what it imports. */
const importer = /[\\/]node_modules[\\/]cdkt[fn][\\/]lib[\\/]private[\\/]fs\.js$/;

/** Set to `off`, bindings and what is seldom used are loaded where they are imported. */
const variable = "EVENKEEL_LOAD_LATER";

/** Loads what the engine zips folders with, half of its modules, when it is called, and not when the engine is loaded. */
export function loadArchiverLater(): void {
  const loader = Module as unknown as { _load: Load };
  const { _load: load } = loader;
  loader._load = function (request, parent, isMain) {
    if (request !== "archiver" || !importer.test(parent?.filename ?? ""))
      return load.call(this, request, parent, isMain);
    return (...args: unknown[]) =>
      (load.call(this, request, parent, isMain) as (...args: unknown[]) => unknown)(...args);
  };
}

/** What is imported where it is hardly ever used: texts of errors in fifty languages, and the comparison of versions of programs. */
const seldomUsed: readonly { readonly importer: RegExp; readonly request: string; readonly isEsModule: boolean }[] = [
  { importer: /[\\/]zod[\\/]v4[\\/]\w+[\\/]\w+\.cjs$/, request: "../locales/index.cjs", isEsModule: true },
  {
    importer: /[\\/]cdkt[fn][\\/]lib[\\/]validations[\\/]validate-binary-version\.js$/,
    request: "semver",
    isEsModule: false,
  },
];

/** Loads what zod and the engine import and a synthesis does not use when the first of it is used. */
export function loadSeldomUsedLater(): void {
  if (process.env[variable] === "off") return;
  const loader = Module as unknown as { _load: Load };
  const { _load: load } = loader;
  loader._load = function (request, parent, isMain) {
    const found = seldomUsed.find((one) => one.request === request && one.importer.test(parent?.filename ?? ""));
    if (!found) return load.call(this, request, parent, isMain);
    return usedLater(() => load.call(this, request, parent, isMain) as object, found.isEsModule);
  };
}

/** A module with the classes of one resource type. */
const binding = /^@cdkt[fn]\/provider-aws\/lib\/[^/]+$/;

/**
 * Loads the classes of a resource type when the first of them is used by this package, and not when it is imported: an environment has no
 * resource of many types, and their modules are large. `EVENKEEL_LOAD_LATER=off` turns it off.
 */
export function loadBindingsLater(): void {
  if (process.env[variable] === "off") return;
  const loader = Module as unknown as { _load: Load };
  const { _load: load } = loader;
  const own = join(packageRoot(), "dist") + sep;
  loader._load = function (request, parent, isMain) {
    if (!binding.test(request) || !parent?.filename?.startsWith(own)) return load.call(this, request, parent, isMain);
    return usedLater(() => load.call(this, request, parent, isMain) as object, true);
  };
}

/**
 * Stands for the exports of a module, which is loaded when the first is asked for.
 * @param isEsModule whether it was compiled from an ES module, which each import asks for
 */
function usedLater(load: () => object, isEsModule: boolean): object {
  let loaded: object | undefined;
  const exported = (): object => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => (name === "__esModule" && isEsModule ? true : Reflect.get(exported(), name)),
      has: (_, name) => Reflect.has(exported(), name),
      ownKeys: () => Reflect.ownKeys(exported()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(exported(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}
