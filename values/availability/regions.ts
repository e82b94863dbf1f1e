/**
 * Every region in the AWS, China and GovCloud (US) partitions.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const awsRegions = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "cn-north-1",
  "cn-northwest-1",
  "us-gov-east-1",
  "us-gov-west-1",
] as const;

export type AwsRegion = (typeof awsRegions)[number];

/** The partition of a region, which is the second field of every ARN there. */
export function partitionOf(region: string): "aws" | "aws-cn" | "aws-us-gov" {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** The DNS suffix of service principals and endpoints in a region's partition. */
export function dnsSuffixOf(region: string): "amazonaws.com" | "amazonaws.com.cn" {
  return partitionOf(region) === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/**
 * Regions that an account does not have until somebody enables them: all that came after 20 March 2019.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const optInRegions: readonly string[] = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
];

/** The region that answers for the services of a partition that have no regions. */
export function globalRegionOf(region: string): AwsRegion {
  return ({ aws: "us-east-1", "aws-cn": "cn-north-1", "aws-us-gov": "us-gov-west-1" } as const)[partitionOf(region)];
}

/**
 * Where the regions are, as degrees of latitude and longitude of the place that AWS names them after.
 * @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
const places: Readonly<Record<AwsRegion, readonly [latitude: number, longitude: number]>> = {
  "af-south-1": [-34, 18],
  "ap-east-1": [22, 114],
  "ap-east-2": [25, 121],
  "ap-northeast-1": [36, 140],
  "ap-northeast-2": [38, 127],
  "ap-northeast-3": [35, 135],
  "ap-south-1": [19, 73],
  "ap-south-2": [17, 78],
  "ap-southeast-1": [1, 104],
  "ap-southeast-2": [-34, 151],
  "ap-southeast-3": [-6, 107],
  "ap-southeast-4": [-38, 145],
  "ap-southeast-5": [3, 102],
  "ap-southeast-6": [-37, 175],
  "ap-southeast-7": [14, 101],
  "ca-central-1": [45, -74],
  "ca-west-1": [51, -114],
  "cn-north-1": [40, 116],
  "cn-northwest-1": [38, 106],
  "eu-central-1": [50, 9],
  "eu-central-2": [47, 9],
  "eu-north-1": [59, 18],
  "eu-south-1": [45, 9],
  "eu-south-2": [42, -1],
  "eu-west-1": [53, -6],
  "eu-west-2": [52, 0],
  "eu-west-3": [49, 2],
  "il-central-1": [32, 35],
  "me-central-1": [24, 54],
  "me-south-1": [26, 51],
  "mx-central-1": [21, -100],
  "sa-east-1": [-24, -47],
  "us-east-1": [39, -78],
  "us-east-2": [40, -83],
  "us-gov-east-1": [40, -83],
  "us-gov-west-1": [46, -120],
  "us-west-1": [37, -122],
  "us-west-2": [46, -120],
};

/** The regions of the same partition, the nearest first, without the region itself. */
export function regionsNear(region: string): AwsRegion[] {
  const others = awsRegions.filter((other) => other !== region && partitionOf(other) === partitionOf(region));
  const distance = (other: string) => centralAngle(placeOf(region), placeOf(other));
  return others.sort((left, right) => distance(left) - distance(right) || left.localeCompare(right));
}

const placeOf = (region: string): readonly [number, number] => places[region as AwsRegion] ?? [0, 0];

/** Of two places on a globe, in radians. */
function centralAngle([lat1, lon1]: readonly [number, number], [lat2, lon2]: readonly [number, number]): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const cosine =
    Math.sin(radians(lat1)) * Math.sin(radians(lat2)) +
    Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * Math.cos(radians(lon1 - lon2));
  return Math.acos(Math.min(1, Math.max(-1, cosine)));
}
