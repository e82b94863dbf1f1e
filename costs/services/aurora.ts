import type { Charge, Database, PricedResource, PricingContext, Pricings } from "../../contract";
import { assumed, shown, sumOf } from "../use";
import { blocksOf, charge, free, hourly, numberOf } from "./parts";

/** The database of the environment that a resource belongs to. */
const databaseOf = ({ path }: PricedResource, { config }: PricingContext): Database | undefined =>
  config.databases.find(({ name }) => name === path[0]);

const isOptimized = (cluster: PricedResource | undefined): boolean => cluster?.values.storage_type === "aurora-iopt1";

const instancesOf = ({ stack, path, region }: PricedResource, { resources }: PricingContext) =>
  resources.filter(
    (one) =>
      one.type === "aws_rds_cluster_instance" &&
      one.stack === stack &&
      one.path[0] === path[0] &&
      one.region === region,
  );

function cluster(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const database = databaseOf(resource, at);
  if (!database) return [];
  const gigabytes = at.config.costs.databaseGb[database.name] ?? assumed.gigabytes;
  const stored = `${shown(gigabytes)} GB`;
  if (isOptimized(resource)) return charge("aurora.storage.io-optimized", gigabytes, stored);
  const io = sumOf(
    at,
    ({ database: use }) => use?.name === database.name,
    ({ databaseIo }) => databaseIo,
  );
  return [
    ...charge("aurora.storage", gigabytes, stored),
    ...(resource.region === at.servingRegion ? charge("aurora.io", io, `${shown(io)} I/Os`) : []),
  ];
}

/** Each secondary cluster gets what the primary one writes. */
function globalCluster(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const database = databaseOf(resource, at);
  const secondaries = at.resources.filter(
    (one) =>
      one.type === "aws_rds_cluster" &&
      one.stack === resource.stack &&
      one.path[0] === resource.path[0] &&
      one.region !== resource.region,
  ).length;
  const io = sumOf(
    at,
    ({ database: use }) => use?.name === database?.name,
    ({ databaseWriteIo }) => databaseWriteIo,
  );
  return charge("aurora.replicated-io", io * secondaries, `${shown(io)} I/Os written x ${secondaries} regions`);
}

/** Capacity units of one instance on average: those that are stated for the writer, its minimum for every other one. */
function acusOf(instance: PricedResource, at: PricingContext): number {
  const of = at.referred(instance, instance.values.cluster_identifier);
  const least = numberOf(blocksOf(of?.values.serverlessv2_scaling_configuration)[0]?.min_capacity);
  const isWriter = instance.region === at.servingRegion && instancesOf(instance, at)[0] === instance;
  const stated = at.config.costs.databaseAcus[instance.path[0] ?? ""];
  return isWriter && stated !== undefined ? Math.max(least, stated) : least;
}

const serverless = "db.serverless";

/** How many times an instance of a class is as large as the `large` one, and the family's line; undefined for other families. */
function sizeOf(instanceClass: string): { price: "aurora.r6g-large" | "aurora.r7g-large"; times: number } | undefined {
  const [, family, multiple, size] = /^db\.(r6g|r7g)\.(\d*)(x?large)$/.exec(instanceClass) ?? [];
  if (family === undefined) return undefined;
  const times = size === "large" ? 1 : 2 * Number(multiple === "" ? 1 : multiple);
  return { price: family === "r6g" ? "aurora.r6g-large" : "aurora.r7g-large", times };
}

function instance(resource: PricedResource, at: PricingContext): readonly Charge[] | undefined {
  const instanceClass = String(resource.values.instance_class);
  const of = at.referred(resource, resource.values.cluster_identifier);
  if (instanceClass === serverless) {
    return hourly(isOptimized(of) ? "aurora.acu.io-optimized" : "aurora.acu", acusOf(resource, at), "ACUs");
  }
  const size = sizeOf(instanceClass);
  if (!size || isOptimized(of)) return undefined;
  return hourly(size.price, size.times, `times the price of ${instanceClass.replace(/\d*x?large$/, "large")}`);
}

/** For the instances behind it: by capacity units, or by vCPUs, of which there are two in a `large` one. */
function proxy(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const instances = instancesOf(resource, at);
  const serverlessOnes = instances.filter(({ values }) => values.instance_class === serverless);
  if (serverlessOnes.length === instances.length) {
    const acus = serverlessOnes.reduce((sum, one) => sum + acusOf(one, at), 0);
    return hourly("rds-proxy", Math.max(assumed.proxyAcus, acus), `ACUs, ${assumed.proxyAcus} at least`);
  }
  const vcpus = instances.reduce((sum, { values }) => sum + 2 * (sizeOf(String(values.instance_class))?.times ?? 1), 0);
  return hourly("rds-proxy", Math.max(assumed.proxyVcpus, vcpus), "vCPUs");
}

export const aurora: Pricings = {
  aws_rds_cluster: cluster,
  aws_rds_cluster_instance: instance,
  aws_rds_global_cluster: globalCluster,
  aws_rds_cluster_parameter_group: free,
  aws_db_proxy: proxy,
  aws_db_proxy_default_target_group: free,
  aws_db_proxy_endpoint: free,
  aws_db_proxy_target: free,
  aws_db_subnet_group: free,
};
