import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { licenceFits } from "../../config";
import type { RecordedBundle } from "../../modules/service-function";
import type { BundledPackage, PackageReader } from "./packages";

/** A component of CycloneDX, as far as it is written here. */
interface Component {
  readonly type: "application" | "library";
  readonly "bom-ref": string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly object[];
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
}

/** What is in a bundle, in the form of CycloneDX 1.6. @see https://cyclonedx.org/docs/1.6/json/ */
export interface Sbom {
  readonly $schema: string;
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly serialNumber: string;
  readonly version: 1;
  readonly metadata: { readonly tools: object; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The bill of materials of a bundle: the packages of which code is in it, with versions, licences and hashes, and which imports which. The same
 * bundle gives the same bytes: it has no time, and its serial number comes from what is in it.
 * @param toolVersion version of this package
 */
export function sbomOf(bundle: RecordedBundle, reader: PackageReader, toolVersion: string): Sbom {
  const { entry, projectRoot, sha256, packages } = bundle;
  const root = reader.read(projectRoot);
  const refOf = (folder: string) => (folder === "" ? entry : purlOf(reader.read(resolve(projectRoot, folder))));
  const found = new Map(reader.of(bundle).map((each) => [purlOf(each), each]));
  // The same package may be installed twice.
  const imports = new Map<string, Set<string>>([[entry, new Set()]]);
  for (const [folder, imported] of Object.entries(packages)) {
    const from = refOf(folder);
    const to = imports.get(from) ?? new Set();
    for (const each of imported) if (refOf(each) !== from) to.add(refOf(each));
    imports.set(from, to);
  }
  const content = {
    metadata: {
      tools: { components: [{ type: "application", name: "evenkeel", version: toolVersion }] },
      component: {
        type: "application" as const,
        "bom-ref": entry,
        name: entry,
        version: root.version,
        hashes: [{ alg: "SHA-256", content: sha256 }],
      },
    },
    components: [...found].map(([purl, each]) => componentOf(purl, each)),
    dependencies: [...imports].sort(byFirst).map(([ref, to]) => ({ ref, dependsOn: [...to].sort() })),
  };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: serialOf(JSON.stringify(content)),
    version: 1,
    ...content,
  };
}

/** @see https://github.com/package-url/purl-spec */
export function purlOf({ name, version }: Pick<BundledPackage, "name" | "version">): string {
  return `pkg:npm/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;
}

function componentOf(purl: string, found: BundledPackage): Component {
  const { version, licence, integrity } = found;
  const [, group, name = found.name] = /^(@[^/]+)\/(.+)$/.exec(found.name) ?? [];
  const hash = integrity === null ? undefined : hashOf(integrity);
  return {
    type: "library",
    "bom-ref": purl,
    ...(group !== undefined && { group }),
    name,
    version,
    purl,
    ...(licence !== null && { licenses: [licenceOf(licence)] }),
    ...(hash && { hashes: [hash] }),
  };
}

const licenceOf = (text: string): object =>
  licenceFits(text, []) === undefined ? { license: { name: text } } : { expression: text };

const algorithms: Readonly<Record<string, string>> = {
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
};

/** The strongest hash of `sha512-<base64> …`. */
function hashOf(integrity: string): { readonly alg: string; readonly content: string } | undefined {
  const known = integrity
    .split(/\s+/)
    .map((each) => each.split("-", 2))
    .flatMap(([name = "", base64 = ""]) => {
      const alg = algorithms[name];
      return alg === undefined ? [] : [{ alg, content: Buffer.from(base64, "base64").toString("hex") }];
    });
  return known.sort((one, other) => other.content.length - one.content.length)[0];
}

/** An UUID of what is in the document, of version 8: from a hash of one's own. @see https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function serialOf(content: string): string {
  const hex = createHash("sha256").update(content).digest("hex");
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4];
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const byFirst = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
