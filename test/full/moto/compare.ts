import type { Json } from "../../../terraform";

type States = ReadonlyMap<string, Json>;

/** One attribute that the two clouds answer differently, with ids replaced by what they stand for. */
export interface Difference {
  readonly address: string;
  /** Terraform's type, `aws_sqs_queue`. */
  readonly type: string;
  /** `redrive_policy` or `replica[0].kms_key_arn`. */
  readonly path: string;
  /** As JSON; "absent" if the other cloud alone has it. */
  readonly moto: string;
  readonly simulated: string;
}

/**
 * Compares what moto and the simulated cloud have left in the state, attribute by attribute, for the addresses that are in
 * both. Ids that a cloud has drawn may differ, but each has one counterpart: where one cloud repeats an id, so must the other.
 * Documents are compared as JSON, and lists without their order, which for sets follows from the ids.
 */
export function compareStates(moto: States, simulated: States): Difference[] {
  const addresses = [...moto.keys()].filter((address) => simulated.has(address));
  const ids = new Counterparts();
  for (const names of [["id"], identifying, undefined]) {
    for (const address of addresses) {
      const [one, other] = [moto.get(address) ?? {}, simulated.get(address) ?? {}];
      for (const name of names ?? Object.keys(one)) ids.learn(one[name], other[name], names !== undefined);
    }
  }
  return addresses.flatMap((address) => {
    const type = address.split(".")[0] ?? "";
    const one = ids.canonical(moto.get(address), "moto");
    const other = ids.canonical(simulated.get(address), "simulated");
    return differing(one, other, "").map((difference) => ({ address, type, ...difference }));
  });
}

/** Attributes whose differing words are ids. */
const identifying = [
  "cluster_resource_id",
  "dbi_resource_id",
  "endpoint",
  "global_cluster_resource_id",
  "hosted_zone_id",
];

/** Parts of a text that are drawn at random or tell the time, whatever resource they belong to. */
const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?( UTC)?|\b20\d{12,16}[0-9a-f]{8,}\b/g;
const drawn =
  /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\bmrk-[0-9a-f-]{32,36}\b|\b[a-z]{3,4}\d-az\d\b|\b(vpc|subnet|sg|sgr|rtb|rtbassoc|pl|acl|vpce|eni|dopt)-[0-9a-f]{8,17}\b|\bA(ROA|IDA|NPA)[A-Z0-9]{13,17}\b|(?<![A-Za-z0-9])([0-9a-f]{32}|[0-9a-f]{64})(?![A-Za-z0-9])/g;
const word = /[A-Za-z0-9]+/g;

/** Which id of moto is which of the simulated cloud. */
class Counterparts {
  private readonly numbers = { moto: new Map<string, number>(), simulated: new Map<string, number>() };
  private count = 0;

  /** Pairs the ids in two texts at one place; of a resource's `id`, any words that differ are one. */
  learn(moto: unknown, simulated: unknown, isId: boolean): void {
    if (typeof moto !== "string" || typeof simulated !== "string" || moto === simulated) return;
    this.pair(moto.match(drawn) ?? [], simulated.match(drawn) ?? []);
    const rest = (text: string): string[] =>
      isId ? (text.replace(time, "").replace(drawn, "").match(word) ?? []) : [];
    this.pair(rest(moto), rest(simulated));
  }

  /** A value with the same placeholder for an id and its counterpart; sets are in one order. */
  canonical(value: unknown, cloud: "moto" | "simulated"): unknown {
    if (typeof value === "string") {
      const document = documentIn(value);
      return document ? this.canonical(document, cloud) : this.inText(value, this.numbers[cloud]);
    }
    if (Array.isArray(value)) {
      const elements = value.map((element) => this.canonical(element, cloud));
      return elements.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    }
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, inner]) => [name, this.canonical(inner, cloud)] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    );
  }

  private pair(moto: readonly string[], simulated: readonly string[]): void {
    if (moto.length !== simulated.length) return;
    moto.forEach((one, index) => {
      const other = simulated[index] ?? "";
      if (one === other || this.numbers.moto.has(one) || this.numbers.simulated.has(other)) return;
      this.count += 1;
      this.numbers.moto.set(one, this.count);
      this.numbers.simulated.set(other, this.count);
    });
  }

  private inText(text: string, numbers: ReadonlyMap<string, number>): string {
    const placeholder = (id: string): string => (numbers.has(id) ? `<id ${numbers.get(id)}>` : id);
    // One without a counterpart stands in a list alone, where the order does not tell which is which.
    const timeless = text
      .replace(time, "<time>")
      .replace(drawn, (id) => (numbers.has(id) ? placeholder(id) : "<some id>"));
    return timeless.replace(word, placeholder);
  }
}

function documentIn(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function differing(moto: unknown, simulated: unknown, path: string): Pick<Difference, "path" | "moto" | "simulated">[] {
  if (Array.isArray(moto) && Array.isArray(simulated) && moto.length === simulated.length) {
    return moto.flatMap((element, index) => differing(element, simulated[index], `${path}[${index}]`));
  }
  if (isPlain(moto) && isPlain(simulated)) {
    const names = [...new Set([...Object.keys(moto), ...Object.keys(simulated)])];
    return names.flatMap((name) => differing(moto[name], simulated[name], path ? `${path}.${name}` : name));
  }
  const [one, other] = [moto, simulated].map((value) => JSON.stringify(value) ?? "absent") as [string, string];
  return one === other ? [] : [{ path, moto: one, simulated: other }];
}

function isPlain(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
