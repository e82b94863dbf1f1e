import { regionData } from "../data/regions";
import { awsRegions, globalRegionOf, partitionOf, regionsNear } from "./regions";
import { cloudFormationTypes, isGlobalType, type KnownResourceType } from "./resource-types";

/** What AWS documents otherwise than the lists of resource types say, by CloudFormation type. */
interface Documented {
  /** The only regions that have it, of those that the lists name. */
  readonly only?: readonly string[];
  /** Regions and partitions that lack it. */
  readonly notIn?: readonly string[];
}

const documented: Readonly<Record<string, Documented>> = {
  /** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html */
  "AWS::Events::Endpoint": {
    only: [
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "ca-central-1",
      "eu-central-1",
      "eu-north-1",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "sa-east-1",
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
    ],
  },
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.Aurora_Fea_Regions_DB-eng.Feature.GlobalDatabase.html */
  "AWS::RDS::GlobalCluster": { notIn: ["ap-east-2", "ap-southeast-6", "ap-southeast-7"] },
  /** Zones are private there. @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-r53.html */
  "AWS::Route53::RecordSet": { notIn: ["aws-us-gov"] },
};

const listed: Readonly<Record<string, string>> = regionData.without;
const without = new Map(Object.entries(listed).map(([type, regions]) => [type, new Set(regions.split(" "))]));
const types: Readonly<Record<string, string>> = cloudFormationTypes;

/**
 * Whether a region has a resource type of Terraform; for services without regions, whether its partition has. True for types and
 * regions that nothing is known about.
 */
export function isAvailable(type: string, region: string): boolean {
  const known = types[type];
  if (known === undefined || !(awsRegions as readonly string[]).includes(region)) return true;
  const asked = isGlobalType(type) ? globalRegionOf(region) : region;
  const { only, notIn } = documented[known] ?? {};
  if (only && !only.includes(asked)) return false;
  return !notIn?.some((place) => place === asked || place === partitionOf(asked)) && !without.get(known)?.has(asked);
}

/** Those of some types that a region lacks. */
export const lacking = (all: readonly string[], region: string): string[] =>
  all.filter((type) => !isAvailable(type, region));

/** Every region that has a type. */
export const regionsWith = (type: KnownResourceType): string[] =>
  awsRegions.filter((region) => isAvailable(type, region));

/** The regions of the same partition that have all of some types, the nearest first. */
export const nearestWith = (all: readonly string[], region: string): string[] =>
  regionsNear(region).filter((other) => lacking(all, other).length === 0);
