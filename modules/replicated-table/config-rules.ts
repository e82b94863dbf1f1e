import type { Report } from "../core";
import { addressPart } from "./address-part";

interface Throughput {
  readonly maxReadRequestUnits?: number | undefined;
  readonly maxWriteRequestUnits?: number | undefined;
  readonly readCapacity?: object | undefined;
  readonly writeCapacity?: object | undefined;
}

interface Index {
  readonly name: string;
  readonly projectionType: string;
  readonly nonKeyAttributes?: readonly string[] | undefined;
}

/** The part of a table's configuration that its rules look at. */
export interface TableToCheck extends Throughput {
  readonly attributes: Readonly<Record<string, string>>;
  readonly partitionKey: string;
  readonly sortKey?: string | undefined;
  readonly globalSecondaryIndexes: readonly (Index & Throughput & { partitionKey: string; sortKey?: string })[];
  readonly localSecondaryIndexes: readonly (Index & { sortKey: string })[];
  readonly timeToLiveAttribute?: string | undefined;
  readonly consistencyMode: string;
  readonly witnessRegion?: string | undefined;
  readonly billingMode: string;
  readonly ignoreIndexChanges: boolean;
}

type Path = PropertyKey[];

/** The rules over several fields, as DynamoDB enforces them when a table is created. */
export function checkTable(table: TableToCheck, report: Report): void {
  for (const rule of [checkKeys, checkIndexes, checkProjections, checkTimeToLive, checkConsistency, checkThroughput]) {
    rule(table, report);
  }
}

/** Every attribute that some key names, with the place that names it. */
function keyUses(table: TableToCheck): { path: Path; attribute: string }[] {
  const uses: { path: Path; attribute: string | undefined }[] = [
    { path: ["partitionKey"], attribute: table.partitionKey },
    { path: ["sortKey"], attribute: table.sortKey },
    ...table.globalSecondaryIndexes.flatMap((index, at) => [
      { path: ["globalSecondaryIndexes", at, "partitionKey"], attribute: index.partitionKey },
      { path: ["globalSecondaryIndexes", at, "sortKey"], attribute: index.sortKey },
    ]),
    ...table.localSecondaryIndexes.map((index, at) => ({
      path: ["localSecondaryIndexes", at, "sortKey"],
      attribute: index.sortKey,
    })),
  ];
  return uses.filter((use): use is { path: Path; attribute: string } => use.attribute !== undefined);
}

function checkKeys(table: TableToCheck, report: Report): void {
  const uses = keyUses(table);
  for (const { path, attribute } of uses) {
    if (!Object.hasOwn(table.attributes, attribute)) {
      report(path, `names the attribute "${attribute}", which is not declared; add it to attributes with its type`);
    }
  }
  const used = new Set(uses.map(({ attribute }) => attribute));
  const names = Object.keys(table.attributes);
  for (const name of names.filter((name) => !used.has(name))) {
    report(["attributes", name], "is part of no key; remove it, items hold other attributes without a declaration");
  }
  for (const [first, second] of sameAddress(names)) {
    report(
      ["attributes", second],
      `shares its Terraform address with "${first}"; use names that differ in more than case and punctuation`,
    );
  }
  if (table.sortKey === table.partitionKey) {
    report(["sortKey"], "is the partition key as well; use another attribute, or leave it out");
  }
}

function checkIndexes(table: TableToCheck, report: Report): void {
  const { globalSecondaryIndexes, localSecondaryIndexes } = table;
  const indexes = [
    ...globalSecondaryIndexes.map(({ name }, at) => ({ name, path: ["globalSecondaryIndexes", at, "name"] })),
    ...localSecondaryIndexes.map(({ name }, at) => ({ name, path: ["localSecondaryIndexes", at, "name"] })),
  ];
  indexes.forEach(({ name, path }, at) => {
    const before = indexes.slice(0, at);
    if (before.some((other) => other.name === name)) {
      report(path, "is the name of another index; name each index differently");
    } else if (before.some((other) => addressPart(other.name) === addressPart(name))) {
      report(path, "shares its Terraform address with another index; differ in more than case and punctuation");
    }
  });
  globalSecondaryIndexes.forEach((index, at) => {
    if (index.partitionKey === index.sortKey) {
      report(["globalSecondaryIndexes", at, "sortKey"], "is the partition key as well; use another, or leave it out");
    }
  });
  if (localSecondaryIndexes.length > 0 && table.sortKey === undefined) {
    report(["localSecondaryIndexes"], "need a table with a sort key; add sortKey, or use global secondary indexes");
  }
  localSecondaryIndexes.forEach((index, at) => {
    if (index.sortKey === table.partitionKey) {
      report(["localSecondaryIndexes", at, "sortKey"], "is the table's partition key; sort by another attribute");
    }
  });
}

function checkProjections(table: TableToCheck, report: Report): void {
  const lists = ["globalSecondaryIndexes", "localSecondaryIndexes"] as const;
  let projected = 0;
  for (const list of lists) {
    table[list].forEach(({ projectionType, nonKeyAttributes }, at) => {
      projected += nonKeyAttributes?.length ?? 0;
      const path = [list, at, "nonKeyAttributes"];
      if (projectionType === "INCLUDE" && nonKeyAttributes === undefined) {
        report(path, "is required with INCLUDE; list the attributes to copy, or use KEYS_ONLY");
      }
      if (projectionType !== "INCLUDE" && nonKeyAttributes !== undefined) {
        report(path, `has no effect with ${projectionType}; remove it, or set projectionType to INCLUDE`);
      }
      if (new Set(nonKeyAttributes).size !== (nonKeyAttributes?.length ?? 0)) {
        report(path, "names an attribute twice; remove the repetition");
      }
    });
  }
  if (projected > 100) {
    const path = table.globalSecondaryIndexes.some((index) => index.nonKeyAttributes) ? lists[0] : lists[1];
    report([path], `copy ${projected} attributes over all indexes, DynamoDB takes 100; copy fewer, or use ALL`);
  }
}

function checkTimeToLive(table: TableToCheck, report: Report): void {
  const { timeToLiveAttribute: attribute } = table;
  if (attribute !== undefined && keyUses(table).some((use) => use.attribute === attribute)) {
    report(["timeToLiveAttribute"], "is part of a key; keep the time of expiry in an attribute of its own");
  }
}

function checkConsistency(table: TableToCheck, report: Report): void {
  if (table.consistencyMode !== "STRONG") {
    if (table.witnessRegion === undefined) return;
    report(["witnessRegion"], "is for strongly consistent tables only; remove it, or set consistencyMode to STRONG");
    return;
  }
  if (table.timeToLiveAttribute !== undefined) {
    report(["timeToLiveAttribute"], "does not go with STRONG, whose items never expire; remove it, or use EVENTUAL");
  }
  if (table.localSecondaryIndexes.length > 0) {
    report(["localSecondaryIndexes"], "do not go with STRONG; use global secondary indexes, or EVENTUAL");
  }
}

function checkThroughput(table: TableToCheck, report: Report): void {
  const places: { path: Path; throughput: Throughput }[] = [
    { path: [], throughput: table },
    ...table.globalSecondaryIndexes.map((throughput, at) => ({ path: ["globalSecondaryIndexes", at], throughput })),
  ];
  const provisioned = table.billingMode === "PROVISIONED";
  const wrong = provisioned
    ? (["maxReadRequestUnits", "maxWriteRequestUnits"] as const)
    : (["readCapacity", "writeCapacity"] as const);
  const remedy = provisioned
    ? "limits on-demand tables only; set maxCapacity, or billingMode to PAY_PER_REQUEST"
    : "is for provisioned tables only; remove it, or set billingMode to PROVISIONED";
  for (const { path, throughput } of places) {
    for (const field of wrong.filter((name) => throughput[name] !== undefined)) report([...path, field], remedy);
  }
  if (provisioned) {
    for (const field of (["readCapacity", "writeCapacity"] as const).filter((name) => table[name] === undefined)) {
      report([field], "is required with PROVISIONED; add minCapacity and maxCapacity");
    }
  } else if (table.ignoreIndexChanges) {
    report(["ignoreIndexChanges"], "is for provisioned tables only; remove it");
  }
}

function sameAddress(names: readonly string[]): [string, string][] {
  return names.flatMap((name, at) => {
    const first = names.slice(0, at).find((other) => addressPart(other) === addressPart(name));
    return first === undefined ? [] : [[first, name] as [string, string]];
  });
}
