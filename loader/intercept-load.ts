import Module from "node:module";

/** Loads what a module asks for, as Node.js does. */
type Load = (request: string, parent: NodeJS.Module | undefined, isMain: boolean) => unknown;

/**
 * Gives modules something else than what they ask for.
 * @param instead what to give for a request of the file `importer`, empty for none; undefined for what Node.js loads. `load` loads that.
 */
export function interceptLoad(instead: (request: string, importer: string, load: () => unknown) => unknown): void {
  const loader = Module as unknown as { _load: Load };
  const { _load: byNode } = loader;
  loader._load = function (request, parent, isMain) {
    const load = () => byNode.call(this, request, parent, isMain);
    return instead(request, parent?.filename ?? "", load) ?? load();
  };
}
