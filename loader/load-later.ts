import { join, sep } from "node:path";
import { interceptLoad } from "./intercept-load";
import { packageRoot } from "./package-root";

/** The file of each engine that zips folders for it, in a process of its own: no other process uses what it imports. */
const archiverImporter = /[\\/]node_modules[\\/]cdkt[fn][\\/]lib[\\/]private[\\/]fs\.js$/;

/** Set to `off`, bindings and what is seldom used are loaded where they are imported. */
const variable = "EVENKEEL_LOAD_LATER";

/** Loads what the engine zips folders with, half of its modules, when it is called, and not when the engine is loaded. */
export function loadArchiverLater(): void {
  interceptLoad((request, importer, load) => {
    if (request !== "archiver" || !archiverImporter.test(importer)) return undefined;
    return (...args: unknown[]) => (load() as (...args: unknown[]) => unknown)(...args);
  });
}

/**
 * What is imported where it is hardly ever used: texts of errors in fifty languages, the comparison of versions of programs, and what checks
 * stacks, most of which have passed before.
 */
const seldomUsed: readonly { readonly importer: RegExp; readonly request: string; readonly isEsModule: boolean }[] = [
  { importer: /[\\/]zod[\\/]v4[\\/]\w+[\\/]\w+\.cjs$/, request: "../locales/index.cjs", isEsModule: true },
  {
    importer: /[\\/]cdkt[fn][\\/]lib[\\/]validations[\\/]validate-binary-version\.js$/,
    request: "semver",
    isEsModule: false,
  },
  { importer: /[\\/]dist[\\/]modules[\\/]core[\\/]unique-names\.js$/, request: "../../identity", isEsModule: true },
  { importer: /[\\/]dist[\\/]modules[\\/]core[\\/]value-error\.js$/, request: "../../values", isEsModule: true },
];

/** Loads what this package, zod and the engine import and most syntheses do not use when the first of it is used. */
export function loadSeldomUsedLater(): void {
  if (process.env[variable] === "off") return;
  interceptLoad((request, importer, load) => {
    const found = seldomUsed.find((one) => one.request === request && one.importer.test(importer));
    return found && usedLater(() => load() as object, found.isEsModule);
  });
}

/** A module with the classes of one resource type. */
const binding = /^@cdkt[fn]\/provider-aws\/lib\/[^/]+$/;

/**
 * Loads the classes of a resource type when the first of them is used by this package, and not when it is imported: an environment has no
 * resource of many types, and their modules are large. `EVENKEEL_LOAD_LATER=off` turns it off.
 */
export function loadBindingsLater(): void {
  if (process.env[variable] === "off") return;
  const own = join(packageRoot(), "dist") + sep;
  interceptLoad((request, importer, load) =>
    binding.test(request) && importer.startsWith(own) ? usedLater(() => load() as object, true) : undefined,
  );
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
