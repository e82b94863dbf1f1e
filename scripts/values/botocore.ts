import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A shape of an API's model. @see https://smithy.io/2.0/spec/constraint-traits.html */
export interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly locationName?: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** The model of one service's API. */
export interface ServiceModel {
  readonly apiVersion: string;
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** The installed botocore, or one in a folder. */
export class Botocore {
  readonly version: string;
  private readonly models = new Map<string, ServiceModel>();

  /** @param folder that of the Python package, which holds `data` */
  constructor(private readonly folder: string) {
    this.version = versionIn(folder, "__init__.py");
  }

  service(name: string): ServiceModel {
    const known = this.models.get(name);
    if (known) return known;
    const folder = join(this.folder, "data", name);
    if (!existsSync(folder)) throw new Error(`${this.folder} has no service ${name}`);
    const versions = readdirSync(folder).filter((version) => /^\d{4}-\d\d-\d\d$/.test(version));
    const file = join(folder, versions.sort().at(-1) ?? "", "service-2.json");
    const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`));
    const { metadata, operations, shapes } = JSON.parse(text.toString("utf8")) as {
      metadata: { apiVersion: string };
    } & ServiceModel;
    const model = { apiVersion: metadata.apiVersion, operations, shapes };
    this.models.set(name, model);
    return model;
  }
}

/** The version that a Python package says it has. */
export function versionIn(folder: string, file: string): string {
  const [, version] = /__version__ = ['"]([^'"]+)['"]/.exec(readFileSync(join(folder, file), "utf8")) ?? [];
  if (version === undefined) throw new Error(`${join(folder, file)} says no version`);
  return version;
}
