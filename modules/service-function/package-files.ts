import { existsSync } from "node:fs";
import path from "node:path";
import { packageRoot } from "../../loader";

/**
 * A file of the toolkit's own handlers or runtime, which bundles take in: the source in the toolkit's repository, the compiled
 * ES module in an installed package.
 * @param name path below the package's folder, without extension
 */
export function packageFile(name: string): string {
  const source = path.join(packageRoot(), `${name}.ts`);
  return existsSync(source) ? source : path.join(packageRoot(), "dist", "esm", `${name}.js`);
}

/** A handler of the toolkit's own, as a function's `entry` and `projectRoot`. */
export function toolkitHandler(name: string): { readonly entry: string; readonly projectRoot: string } {
  const projectRoot = packageRoot();
  const entry = path.relative(projectRoot, packageFile(`handlers/${name}/handler`)).replaceAll(path.sep, "/");
  return { entry, projectRoot };
}
