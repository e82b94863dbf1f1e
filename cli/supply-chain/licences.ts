import { type Audit, licenceFits } from "../../config";
import { type BundledPackage, keyOf } from "./packages";

/** A package with the bundles that it is in. */
export interface UsedPackage {
  readonly found: BundledPackage;
  /** Entries of the bundles, sorted. */
  readonly bundles: string[];
}

/** A package whose licence is not on the list. */
export interface LicenceFinding {
  readonly package: string;
  readonly version: string;
  readonly licence: string | null;
  readonly bundles: string[];
}

export interface LicenceReview {
  /** How many packages have a licence of the list. */
  readonly fitting: number;
  readonly refused: readonly LicenceFinding[];
  readonly accepted: readonly (LicenceFinding & { readonly reason: string })[];
  /** Packages of exceptions that nothing needs. */
  readonly unneeded: readonly { readonly of: string; readonly reason: string }[];
}

/** Compares the licences of packages with those that may be in bundles. */
export function reviewLicences(
  used: readonly UsedPackage[],
  { allowed, exceptions }: Audit["licences"],
): LicenceReview {
  const reasons = new Map(exceptions.map(({ package: name, reason }) => [name, reason]));
  const others = used.filter(({ found: { licence } }) => licence === null || licenceFits(licence, allowed) !== true);
  const findings = others.map(({ found: { name, version, licence }, bundles }) => ({
    package: name,
    version,
    licence,
    bundles: [...bundles],
  }));
  const needed = new Set(findings.map((finding) => finding.package));
  return {
    fitting: used.length - others.length,
    refused: findings.filter((finding) => !reasons.has(finding.package)),
    accepted: findings.flatMap((finding) => {
      const reason = reasons.get(finding.package);
      return reason === undefined ? [] : [{ ...finding, reason }];
    }),
    unneeded: exceptions.flatMap(({ package: of, reason }) => (needed.has(of) ? [] : [{ of, reason }])),
  };
}

/** The packages of bundles, each version once, with the bundles that it is in. */
export function usedPackages(
  bundles: readonly { readonly entry: string; readonly packages: readonly BundledPackage[] }[],
): UsedPackage[] {
  const used = new Map<string, { found: BundledPackage; bundles: Set<string> }>();
  for (const { entry, packages } of bundles) {
    for (const found of packages) {
      // By the folder as well: an advisory names it.
      const key = `${keyOf(found)}\n${found.folder}`;
      const known = used.get(key) ?? { found, bundles: new Set() };
      known.bundles.add(entry);
      used.set(key, known);
    }
  }
  return [...used]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, { found, bundles: entries }]) => ({ found, bundles: [...entries].sort() }));
}
