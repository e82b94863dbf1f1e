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

/** The part of a table's configuration that the rules check. */
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

/** The rules over several fields that DynamoDB enforces when a table is created. */
export const tableRules: readonly ((table: TableToCheck, report: Report) => void)[] = [
  checkKeys,
  checkIndexes,
  checkProjections,
  checkTimeToLive,
  checkConsistency,
  checkThroughput,
];

/** Every attribute that is used in a key, with the path of the key. */
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
      report(path, `uses the attribute "${attribute}", which is not declared; add it to attributes with its type`);
    }
  }
  const used = new Set(uses.map(({ attribute }) => attribute));
  const names = Object.keys(table.attributes);
  for (const name of names.filter((name) => !used.has(name))) {
    report(
      ["attributes", name],
      "is not part of any key; remove it, because DynamoDB only takes declarations of key attributes",
    );
  }
  for (const [first, second] of sameAddress(names)) {
    report(
      ["attributes", second],
      `shares its Terraform address with "${first}"; use names that differ in more than case and punctuation`,
    );
  }
  if (table.sortKey === table.partitionKey) {
    report(["sortKey"], "is also the partition key; use another attribute or remove the field");
  }
}

function checkIndexes(table: TableToCheck, report: Report): void {
  const { globalSecondaryIndexes, localSecondaryIndexes } = table;
  const indexes = [
    ...globalSecondaryIndexes.map(({ name }, at) => ({ name, path: ["globalSecondaryIndexes", at, "name"] })),
    ...localSecondaryIndexes.map(({ name }, at) => ({ name, path: ["localSecondaryIndexes", at, "name"] })),
  ];
  const taken = new Set<string>();
  const addresses = new Set<string>();
  for (const { name, path } of indexes) {
    const part = addressPart(name);
    if (taken.has(name)) {
      report(path, "is already the name of another index; give each index its own name");
    } else if (addresses.has(part)) {
      report(
        path,
        "shares its Terraform address with another index; use names that differ in more than case and punctuation",
      );
    }
    taken.add(name);
    addresses.add(part);
  }
  globalSecondaryIndexes.forEach((index, at) => {
    if (index.partitionKey === index.sortKey) {
      report(
        ["globalSecondaryIndexes", at, "sortKey"],
        "is also the partition key; use another attribute or remove the field",
      );
    }
  });
  if (localSecondaryIndexes.length > 0 && table.sortKey === undefined) {
    report(["localSecondaryIndexes"], "needs a table with a sort key; add sortKey, or use global secondary indexes");
  }
  localSecondaryIndexes.forEach((index, at) => {
    if (index.sortKey === table.partitionKey) {
      report(["localSecondaryIndexes", at, "sortKey"], "is the table's partition key; use another attribute");
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
        report(path, "is required with projectionType INCLUDE; list the attributes to project, or use KEYS_ONLY");
      }
      if (projectionType !== "INCLUDE" && nonKeyAttributes !== undefined) {
        report(
          path,
          `has no effect with projectionType ${projectionType}; remove it, or set projectionType to INCLUDE`,
        );
      }
      if (new Set(nonKeyAttributes).size !== (nonKeyAttributes?.length ?? 0)) {
        report(path, "lists an attribute twice; remove the duplicate");
      }
    });
  }
  if (projected > 100) {
    const path = table.globalSecondaryIndexes.some((index) => index.nonKeyAttributes) ? lists[0] : lists[1];
    report(
      [path],
      `projects ${projected} attributes over all indexes, but DynamoDB allows 100; project fewer, or use ALL`,
    );
  }
}

function checkTimeToLive(table: TableToCheck, report: Report): void {
  const { timeToLiveAttribute: attribute } = table;
  if (attribute !== undefined && keyUses(table).some((use) => use.attribute === attribute)) {
    report(["timeToLiveAttribute"], "is part of a key; keep the expiry time in a separate attribute");
  }
}

function checkConsistency(table: TableToCheck, report: Report): void {
  if (table.consistencyMode !== "STRONG") {
    if (table.witnessRegion === undefined) return;
    report(["witnessRegion"], "is only for strongly consistent tables; remove it or set consistencyMode to STRONG");
    return;
  }
  if (table.timeToLiveAttribute !== undefined) {
    report(["timeToLiveAttribute"], "is not supported with consistencyMode STRONG; remove it, or use EVENTUAL");
  }
  if (table.localSecondaryIndexes.length > 0) {
    report(
      ["localSecondaryIndexes"],
      "is not supported with consistencyMode STRONG; use global secondary indexes, or EVENTUAL",
    );
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
    ? "is only for on-demand tables; set maxCapacity in readCapacity or writeCapacity instead, or set billingMode to PAY_PER_REQUEST"
    : "is only for provisioned tables; remove it or set billingMode to PROVISIONED";
  for (const { path, throughput } of places) {
    for (const field of wrong.filter((name) => throughput[name] !== undefined)) report([...path, field], remedy);
  }
  if (provisioned) {
    for (const field of (["readCapacity", "writeCapacity"] as const).filter((name) => table[name] === undefined)) {
      report([field], "is required with billingMode PROVISIONED; add it with minCapacity and maxCapacity");
    }
  } else if (table.ignoreIndexChanges) {
    report(["ignoreIndexChanges"], "is only for provisioned tables; remove it");
  }
}

function sameAddress(names: readonly string[]): [string, string][] {
  const first = new Map<string, string>();
  return names.flatMap((name) => {
    const part = addressPart(name);
    const other = first.get(part);
    if (other === undefined) first.set(part, name);
    return other === undefined ? [] : [[other, name] as [string, string]];
  });
}
