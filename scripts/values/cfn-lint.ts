import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { versionIn } from "./botocore";

/** What cfn-lint's JSON schemas say of a property. */
export interface Property {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Property>>;
  readonly patternProperties?: Readonly<Record<string, Property>>;
  readonly items?: Property;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
}

/** The schema of one CloudFormation type. */
export interface TypeSchema extends Property {
  readonly definitions?: Readonly<Record<string, Property>>;
  /** What CloudFormation calls for each operation. */
  readonly handlers?: Handlers;
}

/** The IAM actions that each operation on a type needs. */
export type Handlers = Readonly<Record<string, { readonly permissions?: readonly string[] } | undefined>>;

/** The installed cfn-lint, or one in a folder. */
export class CfnLint {
  readonly version: string;
  private readonly files: ReadonlyMap<string, string>;
  private readonly schemas = new Map<string, TypeSchema>();

  /** @param folder that of the Python package, which holds `data/schemas` */
  constructor(private readonly folder: string) {
    this.version = versionIn(folder, "version.py");
    this.files = filesByType(join(folder, "data", "schemas", "providers"));
  }

  type(name: string): TypeSchema {
    const known = this.schemas.get(name);
    if (known) return known;
    const file = this.files.get(name);
    if (!file) throw new Error(`${this.folder} has no type ${name}`);
    const path = join(this.folder, "data", "schemas", "resources", `${file}.json`);
    const schema = JSON.parse(readFileSync(path, "utf8")) as TypeSchema;
    this.schemas.set(name, schema);
    return schema;
  }

  /** What CloudFormation calls for a type; nothing for types that it makes itself, as it did before there were schemas. */
  handlers(name: string): Handlers {
    return this.type(name).handlers ?? {};
  }

  /** `cfn-lint 1.51.0, MIT-0`. */
  get source(): string {
    return `cfn-lint ${this.version}, MIT-0`;
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

  /** The services of the service authorization reference, which cfn-lint has a copy of. */
  servicePrefixes(): string[] {
    return Object.keys(JSON.parse(this.read("data/AdditionalSpecs/Policies.json"))).sort();
  }

  private read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }
}

/** us-east-1 has every type that the toolkit makes. The list is Python or JSON, by version. */
function filesByType(folder: string): ReadonlyMap<string, string> {
  const file = ["us_east_1.py", "us_east_1.json", "us-east-1.json"].map((name) => join(folder, name)).find(existsSync);
  if (!file) throw new Error(`${folder} lists no types of us-east-1`);
  const rows = readFileSync(file, "utf8").matchAll(/"(AWS::[\w:]+)": "(\w+)"/g);
  return new Map([...rows].map(([, type = "", name = ""]) => [type, name]));
}
