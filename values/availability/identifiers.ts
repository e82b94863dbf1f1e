import { parseArn } from "../languages/arn";
import type { Problem } from "../problem";
import { awsRegions, partitionOf } from "./regions";

/** Where something with an ARN or an address of ECR is. */
export interface Whereabouts {
  readonly partition: string;
  /** Of the ARN; `ecr` for an image. */
  readonly service: string;
  /** Empty for services without regions. */
  readonly region: string;
  /** 12 digits; empty where ARNs have none. */
  readonly account: string;
}

/** What an ARN, or the address of an image in a private ECR repository, says about its place; undefined for any other text. */
export function whereaboutsOf(text: string): Whereabouts | undefined {
  const arn = parseArn(text);
  if (arn) return { partition: arn.partition, service: arn.service, region: arn.region, account: arn.account };
  const [host = ""] = text.split("/");
  const labels = host.split(".");
  const [owner = "", dkr, ecr, place = ""] = labels;
  if (dkr !== "dkr" || ecr !== "ecr" || !/^\d{12}$/.test(owner)) return undefined;
  return {
    partition: host.endsWith(".cn") ? "aws-cn" : partitionOf(place),
    service: "ecr",
    region: place,
    account: owner,
  };
}

/** Where something has to be. */
export interface Expected {
  /** Whose partition it has to be of: a region of the environment. */
  readonly partitionOf: string;
  /** The regions that it may be in; any of the partition if left out. */
  readonly regions?: readonly string[];
  /** The only account that it may be of; any if left out. */
  readonly account?: string;
}

/** What is wrong with the place of something, the first of partition, region and account. @param what it is: `secret` */
export function placeProblem(what: string, text: string, expected: Expected): Problem | undefined {
  const found = whereaboutsOf(text);
  if (!found) return undefined;
  const partition = partitionOf(expected.partitionOf);
  if (found.partition !== partition) {
    return `is ${article(what)} in the partition ${found.partition}, but ${expected.partitionOf} is in ${partition}; use ${article(what)} in ${partition}`;
  }
  if (found.region !== "" && !(awsRegions as readonly string[]).includes(found.region)) {
    return `is ${article(what)} in ${found.region}, which is not a region of AWS; use one in ${expected.regions?.join(" or ") ?? expected.partitionOf}`;
  }
  if (found.region !== "" && partitionOf(found.region) !== found.partition) {
    return `names the partition ${found.partition}, but its region ${found.region} is in ${partitionOf(found.region)}; copy it again`;
  }
  if (expected.regions && !expected.regions.includes(found.region)) {
    return `is ${article(what)} in ${found.region}, which is not a region of the environment; use one in ${expected.regions.join(" or ")}`;
  }
  if (expected.account !== undefined && found.account !== expected.account) {
    return `is ${article(what)} in another account, not ${expected.account}; use ${article(what)} in the environment's account`;
  }
  return undefined;
}

const article = (what: string): string => `${/^[aeiou]/i.test(what) ? "an" : "a"} ${what}`;
