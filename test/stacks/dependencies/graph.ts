import type { Json, ResourceJson, StackJson } from "../../../terraform";

/** Types whose names are the same thing in every region. */
const global = /^aws_(iam|route53|cloudfront|cloudwatch_dashboard|rds_global_cluster|route53recovery)/;

/** The start of a reference in an expression: to a resource or a data source. */
const reference = /\b(?:data\.)?(?:aws|terraform|vault)_[a-z0-9_]+\.[a-z][\w-]*/g;

/** A text of a resource, and where it stands: `policy`, `alias.name`; elements of lists have no index. */
export interface Text {
  readonly path: string;
  readonly value: string;
}

/** A resource of a stack with everything that concerns its place in Terraform's graph. */
export interface Resource {
  /** `aws_lambda_alias.orders_function_alias`. */
  readonly address: string;
  readonly type: string;
  /** Alias of its provider, which is the region. */
  readonly region: string | undefined;
  readonly json: ResourceJson;
  /** What AWS is sent, without what is Terraform's own. */
  readonly texts: readonly Text[];
}

const ofTerraform = new Set(["provider", "depends_on", "lifecycle"]);

/** The resources of a synthesized stack, and which of them Terraform creates before which. */
export class Graph {
  readonly resources: readonly Resource[];
  private readonly byAddress: ReadonlyMap<string, Resource>;
  /** The addresses that an address refers to or depends on; data sources are links of the chain as well. */
  private readonly edges: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly earlier = new Map<string, ReadonlySet<string>>();

  constructor({ resource = {}, data = {} }: StackJson) {
    const flat = (blocks: NonNullable<StackJson["resource"]>, prefix: string) =>
      Object.entries(blocks).flatMap(([type, entries]) =>
        Object.entries(entries).map(([id, json]) => [`${prefix}${type}.${id}`, type, json] as const),
      );
    const resources = flat(resource, "");
    const all = [...resources, ...flat(data, "data.")];
    this.resources = resources.map(([address, type, json]) => ({
      address,
      type,
      json,
      region: json.provider?.split(".")[1],
      texts: textsOf(Object.fromEntries(Object.entries(json).filter(([key]) => !ofTerraform.has(key)))),
    }));
    this.byAddress = new Map(this.resources.map((one) => [one.address, one]));
    const known = new Set<string>(all.map(([address]) => address));
    this.edges = new Map(
      all.map(([address, , json]) => [
        address,
        new Set(
          [...textsOf(json)].flatMap(({ path, value }) => addressesIn(path, value)).filter((to) => known.has(to)),
        ),
      ]),
    );
  }

  /** Whether Terraform creates `first` before `then`, and deletes it after: by references and `depends_on`, over any number of steps. */
  comesBefore(first: Resource, then: Resource): boolean {
    return this.before(then.address).has(first.address);
  }

  /** The resources of a type, or of several. */
  ofType(...types: readonly string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** What the texts at a path refer to directly. */
  referredTo({ texts }: Resource, path: string | RegExp): Resource[] {
    const wanted = texts.filter((text) => (typeof path === "string" ? text.path === path : path.test(text.path)));
    return [...new Set(wanted.flatMap(({ path: at, value }) => addressesIn(at, value)))].flatMap(
      (address) => this.byAddress.get(address) ?? [],
    );
  }

  private before(address: string): ReadonlySet<string> {
    const known = this.earlier.get(address);
    if (known) return known;
    const found = new Set<string>();
    const open = [address];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const to of this.edges.get(next) ?? []) {
        if (found.has(to)) continue;
        found.add(to);
        open.push(to);
      }
    }
    this.earlier.set(address, found);
    return found;
  }
}

/** Whether two resources are in one region, or one of them is in none. */
export const share = (one: Resource, other: Resource): boolean =>
  global.test(one.type) || global.test(other.type) || one.region === other.region;

/** A value at the top of a resource, if it is a text. */
export const textAt = ({ json }: Resource, key: string): string | undefined =>
  typeof json[key] === "string" ? json[key] : undefined;

/** A text without its references, which may read like names. */
export const withoutReferences = (value: string): string => value.replace(reference, " ");

function addressesIn(path: string, value: string): string[] {
  return value.includes("${") || path.startsWith("depends_on") || path.startsWith("lifecycle.replace_triggered_by")
    ? [...(value.match(reference) ?? [])]
    : [];
}

/** Every text of a JSON value; elements of lists stand at the path of the list. */
function textsOf(value: unknown, path = ""): Text[] {
  if (typeof value === "string") return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((element) => textsOf(element, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Json).flatMap(([key, inner]) => textsOf(inner, path ? `${path}.${key}` : key));
}
