import { readFileSync } from "node:fs";
import satisfies from "spdx-satisfies";

/** A package that comes with this one, or that it asks for. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, `(MIT OR Apache-2.0)`; undefined if the package states none. */
  readonly licence?: string;
}

export interface Licences {
  /** What npm installs with this package: its dependencies, and theirs. */
  readonly installed: readonly LicensedPackage[];
  /** What a project installs itself: the engine and its bindings. */
  readonly peers: readonly LicensedPackage[];
  /** What a project installs only if it uses what needs it. */
  readonly optional: readonly LicensedPackage[];
}

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean }>
  >;
}

interface Manifest {
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Licences that ask for no more than a notice. */
export const permissive = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "MIT-0",
];

/** The packages that synthesize, of which a project has one set. */
const engine = /^(cdktf|cdktn|constructs|@cdkt[fn]\/provider-aws)$/;

/** The licences of everything that users install, from npm's lock file, which has what each package states. */
export function licencesIn(manifest: Manifest, { packages }: Lock): Licences {
  const folder = "node_modules/";
  const entries = Object.entries(packages)
    .filter(([path]) => path !== "")
    .map(([path, { version = "", license, dev }]) => ({
      path,
      name: path.slice(path.lastIndexOf(folder) + folder.length),
      version,
      licence: license,
      dev: dev === true,
    }));
  const peers = Object.keys(manifest.peerDependencies ?? {});
  // The engines are optional only because there are several.
  const isOptional = (name: string) => manifest.peerDependenciesMeta?.[name]?.optional === true && !engine.test(name);
  const asked = entries.filter(({ path, name }) => path === folder + name && peers.includes(name));
  const listed = (some: typeof entries): LicensedPackage[] => {
    const sorted = some.map(({ name, version, licence }) => ({ name, version, licence }));
    sorted.sort((one, other) => (`${one.name}@${one.version}` < `${other.name}@${other.version}` ? -1 : 1));
    return sorted.filter(
      ({ name, version }, at) => name !== sorted[at - 1]?.name || version !== sorted[at - 1]?.version,
    );
  };
  return {
    installed: listed(entries.filter(({ dev }) => !dev)),
    peers: listed(asked.filter(({ name }) => !isOptional(name))),
    optional: listed(asked.filter(({ name }) => isOptional(name))),
  };
}

/** The packages whose licence is not permissive, or not stated. */
export function notPermissive(packages: readonly LicensedPackage[]): LicensedPackage[] {
  return packages.filter(({ licence }) => !isPermissive(licence));
}

function isPermissive(licence: string | undefined): boolean {
  try {
    return licence !== undefined && satisfies(licence, permissive);
  } catch {
    // No SPDX expression: `SEE LICENSE IN ...`.
    return false;
  }
}

/** This project's own. */
export function ownLicences(): Licences {
  const read = (file: string) => JSON.parse(readFileSync(file, "utf8"));
  return licencesIn(read("package.json") as Manifest, read("package-lock.json") as Lock);
}

/** docs/reference/licences.md */
export function licencesPage({ installed, peers, optional }: Licences): string {
  const table = (packages: readonly LicensedPackage[]) => [
    "| package | version | licence |",
    "|---|---|---|",
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence ?? "not stated"} |`),
    "",
  ];
  return [
    "# Licences",
    "",
    "Evenkeel itself is under [Apache-2.0](../../LICENSE). This lists what users install with it, in the versions that it is tested",
    "with and as each package states its licence. Written by `npm run docs`.",
    "",
    "## Installed with it",
    "",
    `Only permissive licences, which a test checks: ${permissive.join(", ")}.`,
    "",
    ...table(installed),
    "## Installed beside it",
    "",
    "The engine and its binding, which a project names itself. MPL-2.0 covers changes of their own files, not what uses them. On the",
    "other engine they are cdktn and @cdktn/provider-aws, both under MPL-2.0.",
    "",
    ...table(peers),
    "## Optional",
    "",
    "Only where they are used: elkjs by `evenkeel topology` and `evenkeel report`, @cdktf/provider-vault by the stack of Vault, the clients of SQS",
    "and Lambda by `evenkeel redrive`.",
    "",
    ...table(optional),
  ].join("\n");
}
