import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** cfn-lint as it is installed, whose data say what AWS has in which region and version. */
export class CfnLint {
  /** Folder of its Python package. */
  constructor(private readonly folder: string) {}

  /** The one that Python finds. @throws Error if there is none */
  static installed(): CfnLint {
    const find = "import importlib.util as u; print(u.find_spec('cfnlint').submodule_search_locations[0])";
    return new CfnLint(execFileSync("python3", ["-c", find], { encoding: "utf8" }).trim());
  }

  /** `cfn-lint 1.51.0, MIT-0`. */
  get source(): string {
    const [, version] = /__version__ = "([^"]+)"/.exec(this.read("version.py")) ?? [];
    if (!version) throw new Error(`${this.folder} has no version`);
    return `cfn-lint ${version}, MIT-0`;
  }

  /** The CloudFormation types of each region. */
  typesByRegion(): Map<string, ReadonlySet<string>> {
    const folder = "data/schemas/providers";
    const modules = readdirSync(join(this.folder, folder)).filter((name) => /^[a-z].*_\d+\.py$/.test(name));
    return new Map(
      modules.map((name) => [
        name.replace(/\.py$/, "").replaceAll("_", "-"),
        new Set(
          [...this.read(`${folder}/${name}`).matchAll(/^ {4}"(\w+::\w+::\w+)":/gm)].map(([, type]) => type ?? ""),
        ),
      ]),
    );
  }

  /** A file of rules between fields, `aws_rds_dbcluster/engine_version`. */
  extension(name: string): unknown {
    return JSON.parse(this.read(`data/schemas/extensions/${name}.json`));
  }

  /** The dates in the life of each Lambda runtime. */
  lambdaRuntimes(): Readonly<Record<string, Readonly<Record<string, string | null>>>> {
    return JSON.parse(this.read("data/AdditionalSpecs/LmbdRuntimeLifecycle.json"));
  }

  private read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }
}
