import Module from "node:module";

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
