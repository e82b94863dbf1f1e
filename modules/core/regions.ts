export { type AwsRegion, awsRegions, dnsSuffixOf, partitionOf } from "../../values/availability/regions";

import { partitionOf } from "../../values/availability/regions";

const consoleDomains: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The host of the console of a region. @see https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/getting-started.html */
export const consoleHost = (region: string): string => `${region}.${consoleDomains[partitionOf(region)]}`;

/** The page of a service in the console of a region, to which a fragment can be added. */
export const consoleUrl = (region: string, service: string): string =>
  `https://${consoleHost(region)}/${service}/home?region=${region}`;
