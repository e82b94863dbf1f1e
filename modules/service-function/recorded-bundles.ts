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

/** Code of functions of an app that the toolkit has not bundled, so that it does not know what is in it. */
export interface RecordedCode {
  readonly kind: "archive" | "folder" | "image";
  /** Path of the archive or folder, relative to the project; the repository of an image, with its digest. */
  readonly name: string;
  /** Paths of the constructs that have it, sorted. */
  readonly usedBy: readonly string[];
}

const recordedElsewhere = new WeakMap<IConstruct, Map<string, RecordedCode>>();

/** Notes that a construct has code that nobody has bundled. */
export function recordCode(scope: Construct, { kind, name }: Omit<RecordedCode, "usedBy">): void {
  const { root } = scope.node;
  const known = recordedElsewhere.get(root) ?? new Map<string, RecordedCode>();
  recordedElsewhere.set(root, known);
  const key = `${kind} ${name}`;
  known.set(key, { kind, name, usedBy: [...(known.get(key)?.usedBy ?? []), scope.node.path].sort() });
}

/** The code of an app that is not bundled, each once, sorted by name. */
export function recordedCode(app: IConstruct): readonly RecordedCode[] {
  return [...(recordedElsewhere.get(app)?.values() ?? [])].sort((one, other) => (one.name < other.name ? -1 : 1));
}
