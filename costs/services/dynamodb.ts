import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { assumed, shown, sumOf, unitsOf } from "../use";
import { blocksOf, charge, hourly, numberOf } from "./parts";

/** What is read and written in a month, in units of DynamoDB. */
interface Use {
  readonly reads: number;
  readonly writes: number;
}

/** Reads are eventually consistent: half a unit for each 4 KB. A write writes each index as well. */
function useOf(table: string, indexes: number, at: PricingContext): Use {
  const accessTo = (access: "read" | "write") =>
    at.config.services.filter(({ tables }) => tables[table]?.access.includes(access));
  return {
    reads: sumOf(
      at,
      (service) => accessTo("read").includes(service),
      ({ reads, itemKb }) => (reads * unitsOf(itemKb, 4)) / 2,
    ),
    writes: sumOf(
      at,
      (service) => accessTo("write").includes(service),
      ({ writes, itemKb }) => writes * unitsOf(itemKb, 1) * (1 + indexes),
    ),
  };
}

/** A table of the environment; undefined for one that a capability has for itself, which nobody states the use of. */
const tableOf = ({ path }: PricedResource, { config }: PricingContext) =>
  config.tables.find(({ name }) => name === path[0]);

const replicasOf = (table: PricedResource, at: PricingContext): readonly PricedResource[] =>
  at.resources.filter(
    (one) => one.type === "aws_dynamodb_table_replica" && at.referred(one, one.values.global_table_arn) === table,
  );

function stored(name: string, at: PricingContext, recovery: boolean): Charge[] {
  const gigabytes = at.config.costs.tableGb[name] ?? assumed.gigabytes;
  const how = `${shown(gigabytes)} GB`;
  return [
    ...charge("dynamodb.storage", gigabytes, how),
    ...(recovery ? charge("dynamodb.point-in-time-recovery", gigabytes, how) : []),
  ];
}

/** Requests of a table on demand in one of its regions. Those of a global table are replicated writes everywhere, its own region included. */
function onDemand(table: PricedResource, name: string, here: string | undefined, at: PricingContext): Charge[] {
  const replicas = replicasOf(table, at);
  const regions = [table.region, ...replicas.map(({ region }) => region)];
  const serving = regions.includes(at.servingRegion) ? at.servingRegion : table.region;
  const indexes = blocksOf(table.values.global_secondary_index).length;
  const { reads, writes } = useOf(name, indexes, at);
  const written = `${shown(writes)} units of writes${indexes > 0 ? `, to ${indexes} index${indexes > 1 ? "es" : ""} as well` : ""}`;
  return [
    ...(here === serving ? charge("dynamodb.reads", reads, `${shown(reads)} units of reads`) : []),
    ...(replicas.length > 0
      ? charge("dynamodb.replicated-writes", writes, written)
      : charge("dynamodb.writes", writes, written)),
  ];
}

/** Capacity of a table and its indexes, or of a replica of it. */
function provisioned(table: PricedResource, replicated: boolean): Charge[] {
  const all = [table.values, ...blocksOf(table.values.global_secondary_index)];
  const sum = (field: string) => all.reduce((total, one) => total + numberOf(one[field]), 0);
  const writes = replicated ? "dynamodb.replicated-write-capacity" : "dynamodb.write-capacity";
  return [
    ...hourly("dynamodb.read-capacity", sum("read_capacity"), "units"),
    ...hourly(writes, sum("write_capacity"), "units"),
  ];
}

function inOneRegion(table: PricedResource, here: PricedResource, recovery: boolean, at: PricingContext): Charge[] {
  const replicated = replicasOf(table, at).length > 0;
  const known = tableOf(table, at);
  if (table.values.billing_mode === "PROVISIONED") {
    return [...provisioned(table, replicated), ...(known ? stored(known.name, at, recovery) : [])];
  }
  return known ? [...onDemand(table, known.name, here.region, at), ...stored(known.name, at, recovery)] : [];
}

const table = (resource: PricedResource, at: PricingContext): readonly Charge[] =>
  inOneRegion(
    resource,
    resource,
    blocksOf(resource.values.point_in_time_recovery).some(({ enabled }) => enabled === true),
    at,
  );

function replica(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const of = at.referred(resource, resource.values.global_table_arn);
  return of ? inOneRegion(of, resource, resource.values.point_in_time_recovery === true, at) : [];
}

/** Two rules for a partition key, the most used and the most throttled, and two more for a sort key. */
function insights(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const { table_name: name, index_name: index } = resource.values;
  const of =
    at.referred(resource, name) ??
    at.resources.find(({ type, values }) => type === "aws_dynamodb_table" && values.name === name);
  if (!of) return charge("cloudwatch.insight-rules", 2, "2 rules");
  const keys =
    index === undefined ? of.values : blocksOf(of.values.global_secondary_index).find((one) => one.name === index);
  const rules = keys?.range_key === undefined ? 2 : 4;
  const known = tableOf(of, at);
  const { reads, writes } = known && index === undefined ? useOf(known.name, 0, at) : { reads: 0, writes: 0 };
  const events = resource.region === at.servingRegion ? reads * 2 + writes : 0;
  return [
    ...charge("cloudwatch.insight-rules", rules, `${rules} rules`),
    ...charge("dynamodb.insights-events", events, `${shown(events)} reads and writes`),
  ];
}

export const dynamodb: Pricings = {
  aws_dynamodb_table: table,
  aws_dynamodb_table_replica: replica,
  aws_dynamodb_contributor_insights: insights,
};
