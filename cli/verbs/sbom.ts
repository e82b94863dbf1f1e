import type { SbomOptions } from "../commands/sbom";
import { type OutputOptions, runVerb } from "../run-verb";
import { briefly } from "../step";
import { type Verb, withManual } from "./verb";

export const sbomVerb: Verb = (program) => {
  const command = program
    .command("sbom")
    .description(
      "write what each bundle of an environment consists of, as CycloneDX: packages, versions, licences, hashes",
    )
    .argument("<environment>", "name of the environment")
    .option("--stage <stage>", "a stage other than the environment's own")
    .option("--output <folder>", "where to write the files; by default .evenkeel/sbom/<environment>")
    .action((name: string, options: SbomOptions & OutputOptions) =>
      runVerb(options, () =>
        briefly(`Bundling ${name}`, async () => {
          const { sbom } = await import("../commands/sbom.js");
          return sbom(name, options);
        }),
      ),
    );
  withManual(command, {
    examples: [
      ["sbom prod", "a file for each bundle of prod, in .evenkeel/sbom/prod"],
      ["sbom prod --output reports/sbom", "the same in another folder, for a pipeline that keeps it"],
    ],
  });
};
