import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Outcome } from "../document";
import { sbomDocument } from "../documents/sbom";
import project from "../project";
import { stageOption } from "../stage-option";
import { codeOf } from "../supply-chain/bundles";
import { sbomOf } from "../supply-chain/cyclonedx";
import { PackageReader } from "../supply-chain/packages";
import { toolkitVersion } from "../toolkit-name";

export interface SbomOptions {
  /** Stage whose bundles are listed; by default the environment's own. */
  readonly stage?: string;
  /** Folder for the files; by default `.evenkeel/sbom/<environment>`. */
  readonly output?: string;
}

/**
 * Writes a bill of materials for each bundle of an environment, as CycloneDX 1.6. Nothing is deployed or planned.
 * @param name of the environment
 */
export function sbom(name: string, options: SbomOptions): Outcome {
  const environment = project.find(name);
  const stage = stageOption("sbom", options.stage, environment.input.stage);
  const output = options.output ?? join(".evenkeel", "sbom", name);
  const { bundles, notListed } = codeOf(environment, stage);
  const reader = new PackageReader();
  mkdirSync(output, { recursive: true });
  const rows = bundles.map((bundle) => {
    const file = join(output, `${nameOf(bundle.entry)}-${bundle.sha256.slice(0, 8)}.cdx.json`);
    const { components, ...document } = sbomOf(bundle, reader, toolkitVersion());
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify({ ...document, components }, null, 2)}\n`);
    return {
      entry: bundle.entry,
      sha256: bundle.sha256,
      functions: bundle.usedBy.length,
      packages: components.length,
      file,
    };
  });
  return sbomDocument.outcome({
    environment: name,
    stage,
    bundles: rows,
    notListed: notListed.map(({ kind, name: code, usedBy }) => ({ kind, code, functions: usedBy.length })),
  });
}

/** `orders` of `services/orders/handler.ts`. */
function nameOf(entry: string): string {
  const stem = basename(entry).replace(/\.[cm]?[jt]s$/, "");
  const name = ["handler", "index"].includes(stem) ? basename(dirname(entry)) : stem;
  return name.replace(/[^A-Za-z0-9-]+/g, "-");
}
