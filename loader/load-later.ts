import Module from "node:module";
import { join, sep } from "node:path";
import { packageRoot } from "./package-root";

type Load = (request: string, parent: NodeJS.Module | undefined, isMain: boolean) => unknown;

/** The file of each engine that zips folders for it, in a process of its own: no other process uses what it imports. */
const importer = /[\\/]node_modules[\\/]cdkt[fn][\\/]lib[\\/]private[\\/]fs\.js$/;

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

/** A module with the classes of one resource type. */
const binding = /^@cdkt[fn]\/provider-aws\/lib\/[^/]+$/;

/**
 * Loads the classes of a resource type when the first of them is used by this package, and not when it is imported: an environment has no
 * resource of many types, and their modules are large. `EVENKEEL_LOAD_LATER=off` turns it off.
 */
export function loadBindingsLater(): void {
  if (process.env.EVENKEEL_LOAD_LATER === "off") return;
  const loader = Module as unknown as { _load: Load };
  const { _load: load } = loader;
  const own = join(packageRoot(), "dist") + sep;
  loader._load = function (request, parent, isMain) {
    if (!binding.test(request) || !parent?.filename?.startsWith(own)) return load.call(this, request, parent, isMain);
    return usedLater(() => load.call(this, request, parent, isMain) as object);
  };
}

/** Stands for the exports of a module, which is loaded when the first is asked for. */
function usedLater(load: () => object): object {
  let loaded: object | undefined;
  const exported = (): object => {
    loaded ??= load();
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => Reflect.get(exported(), name),
      has: (_, name) => Reflect.has(exported(), name),
      ownKeys: () => Reflect.ownKeys(exported()),
      getOwnPropertyDescriptor: (_, name) => {
        const found = Reflect.getOwnPropertyDescriptor(exported(), name);
        return found && { ...found, configurable: true };
      },
    },
  );
}
