/**
 * The events that can invoke a function. Viewer events occur on every request, cached or not.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
export const edgeEventTypes = ["viewer-request", "origin-request", "origin-response", "viewer-response"] as const;

export type EdgeEventType = (typeof edgeEventTypes)[number];

export interface EdgeLimits {
  /** Maximum memory, in MB. */
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Maximum size of the zipped code, in bytes. */
  readonly zippedBytes: number;
  /** Maximum size of a response that a function generates, including headers and body, in bytes. */
  readonly responseBytes: number;
}

const megabyte = 1024 * 1024;

/** Limits of viewer events. */
const viewer: EdgeLimits = { memoryMb: 128, timeoutSeconds: 5, zippedBytes: megabyte, responseBytes: 40 * 1024 };

/** Limits of origin events. */
const origin: EdgeLimits = {
  memoryMb: 10_240,
  timeoutSeconds: 30,
  zippedBytes: 50 * megabyte,
  responseBytes: megabyte,
};

/** The limits of a function that serves all of the given events: those of viewer events if there are any. */
export function edgeLimits(eventTypes: readonly EdgeEventType[]): EdgeLimits {
  return eventTypes.some((eventType) => eventType.startsWith("viewer-")) ? viewer : origin;
}

/** The only region where Lambda@Edge functions can be created. */
export const edgeHome = "us-east-1";

/**
 * Regions with a regional edge cache: CloudFront runs functions in the one closest to the viewer.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HowCloudFrontWorks.html#CloudFrontRegionaledgecaches
 */
export const edgeCacheRegions = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
] as const;
