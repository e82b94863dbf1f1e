import Module from "node:module";

type Paths = (folder: string) => string[];

/** Node.js makes the list of folders with packages for each module anew, which is the same for all modules of a folder. */
export function keepModulePaths(): void {
  const loader = Module as unknown as { _nodeModulePaths: Paths };
  const { _nodeModulePaths: find } = loader;
  const known = new Map<string, readonly string[]>();
  loader._nodeModulePaths = (folder) => {
    let paths = known.get(folder);
    if (!paths) {
      paths = find.call(loader, folder);
      known.set(folder, paths);
    }
    // A program may add to its own list.
    return [...paths];
  };
}
