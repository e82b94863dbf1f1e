import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, notListed, stage } from "./parts";

const bundle = z.strictObject({
  entry: z.string().describe("Source file of the handler, relative to its project."),
  sha256: z.string().describe("SHA-256 of the zip, in hex."),
  functions: z.int().positive().describe("How many functions have it, in all regions."),
  packages: z.int().nonnegative().describe("How many packages have code in it."),
  file: z.string().describe("The bill of materials, relative to the project."),
});

const columns: readonly Column[] = [
  { title: "bundle", kind: "name", importance: "essential" },
  { title: "functions", kind: "number", importance: "useful" },
  { title: "packages", kind: "number", importance: "essential" },
  { title: "file", kind: "name", importance: "essential" },
];

/** What `sbom` prints: the bills of materials that were written. */
export const sbomDocument = new DocumentType({
  verb: "sbom",
  version: 1,
  fields: {
    environment,
    stage,
    bundles: z.array(bundle).describe("Each bundle of the environment, the toolkit's own included."),
    notListed,
  },
  text: ({ environment: name, stage: at, bundles, notListed: others }, screen) =>
    [
      renderTable(
        { columns, rows: bundles.map(({ entry, functions, packages, file }) => [entry, functions, packages, file]) },
        screen,
      ),
      paragraphs(`${bundles.length} bills of materials of ${name} at ${at}, as CycloneDX 1.6.`, screen),
      ...others.map(({ kind, code }) =>
        paragraphs(
          `Not listed: the ${kind} ${code}, which the toolkit has not bundled. Make its bill of materials where it is built.`,
          screen,
        ),
      ),
    ].join("\n"),
});
