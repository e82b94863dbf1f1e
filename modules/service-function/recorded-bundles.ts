import type { Construct, IConstruct } from "constructs";
import type { CachedBundle } from "./bundle-cache";
import type { BundleOptions } from "./bundle-options";
import type { BundledPackages } from "./bundled-packages";

/** A bundle that functions of an app have. */
export interface RecordedBundle {
  /** Source file of the handler, relative to `projectRoot`. */
  readonly entry: string;
  /** Absolute path of the folder of the project that it is of: the toolkit's for the toolkit's own functions. */
  readonly projectRoot: string;
  /** SHA-256 of the zip, in hex. */
  readonly sha256: string;
  readonly packages: BundledPackages;
  /** Paths of the constructs that have it, sorted. */
  readonly usedBy: readonly string[];
}

/** By the app, and then by the zip and where its packages are. */
const recorded = new WeakMap<IConstruct, Map<string, RecordedBundle>>();

/** Notes that a construct has a bundle. */
export function recordBundle(scope: Construct, { entry, projectRoot }: BundleOptions, bundle: CachedBundle): void {
  const { sha256, packages } = bundle;
  const { root } = scope.node;
  const known = recorded.get(root) ?? new Map<string, RecordedBundle>();
  recorded.set(root, known);
  const key = [projectRoot, entry, sha256].join("\n");
  const usedBy = [...(known.get(key)?.usedBy ?? []), scope.node.path].sort();
  known.set(key, { entry, projectRoot, sha256, packages, usedBy });
}

/** The bundles of an app, each once, sorted by entry and content. */
export function recordedBundles(app: IConstruct): readonly RecordedBundle[] {
  return [...(recorded.get(app)?.values() ?? [])].sort((one, other) =>
    `${one.entry} ${one.sha256}` < `${other.entry} ${other.sha256}` ? -1 : 1,
  );
}
