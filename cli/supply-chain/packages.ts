import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import type { RecordedBundle } from "../../modules/service-function";

/** A package that is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json states it: an expression of SPDX ids, or other words; null for none. */
  readonly licence: string | null;
  /** Hash of its archive by the lock file, `sha512-…`; null where there is none. */
  readonly integrity: string | null;
  /** Absolute path of its folder. */
  readonly folder: string;
}

const licence = z.union([z.string(), z.object({ type: z.string() }).transform(({ type }) => type)]);

const manifestFile = z.object({
  name: z.string(),
  version: z.string().default("0.0.0"),
  license: licence.optional().catch(undefined),
  licenses: z.array(licence).optional().catch(undefined),
});

const lockFile = z.object({
  packages: z.record(z.string(), z.object({ integrity: z.string().optional() }).loose()).default({}),
});

type Lock = z.output<typeof lockFile>["packages"];

/** Reads what packages say of themselves; each file once. */
export class PackageReader {
  private readonly packages = new Map<string, BundledPackage>();
  private readonly locks = new Map<string, Lock | undefined>();

  /** The packages of a bundle, its own code aside, sorted by name and version. */
  of({ projectRoot, packages }: Pick<RecordedBundle, "projectRoot" | "packages">): BundledPackage[] {
    return Object.keys(packages)
      .filter((folder) => folder !== "")
      .map((folder) => this.read(resolve(projectRoot, folder)))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  }

  /** What the package in a folder says of itself. */
  read(folder: string): BundledPackage {
    const known = this.packages.get(folder);
    if (known) return known;
    const { name, version, license, licenses = [] } = manifestFile.parse(readJson(join(folder, "package.json")));
    const several = licenses.length > 1 ? `(${licenses.join(" OR ")})` : licenses[0];
    const found = { name, version, licence: license ?? several ?? null, integrity: this.integrityOf(folder), folder };
    this.packages.set(folder, found);
    return found;
  }

  /** From the lock file of the project that it is installed in. */
  private integrityOf(folder: string): string | null {
    for (let root = dirname(folder); root !== dirname(root); root = dirname(root)) {
      const path = relative(root, folder).split(sep).join("/");
      const integrity = path.startsWith("node_modules/") ? this.lockIn(root)?.[path]?.integrity : undefined;
      if (integrity !== undefined) return integrity;
    }
    return null;
  }

  private lockIn(root: string): Lock | undefined {
    if (!this.locks.has(root)) {
      const files = ["package-lock.json", "npm-shrinkwrap.json", join("node_modules", ".package-lock.json")];
      const file = files.map((name) => join(root, name)).find((name) => existsSync(name));
      this.locks.set(root, file === undefined ? undefined : lockFile.safeParse(readJson(file)).data?.packages);
    }
    return this.locks.get(root);
  }
}

export const keyOf = ({ name, version }: Pick<BundledPackage, "name" | "version">): string => `${name}@${version}`;

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
