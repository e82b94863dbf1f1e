import type { CloudFrontRequest } from "aws-lambda";
import type { OriginRouting } from "./routing.js";

/** The methods that CloudFront fails over. */
const reads: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Sends a request to the best region for its viewer, instead of the one that CloudFront chose.
 *
 * Health is not known here. In an origin group CloudFront calls it twice: with home as the origin, and after a failure with the
 * standby; swapping both times keeps the failover and only turns its order round. A swap changes the domain name and the Host
 * header, which must agree; everything else about the two origins is the same.
 * @param edgeRegion region that the function runs in, for viewers whose country is not known
 */
export function route(
  request: CloudFrontRequest,
  routing: OriginRouting,
  edgeRegion: string | undefined,
): CloudFrontRequest {
  const origin = request.origin?.custom;
  if (!origin) return request;
  const counterpart = origin.customHeaders[routing.counterpartHeader]?.[0]?.value;
  // For this function only: the region need not know.
  delete origin.customHeaders[routing.counterpartHeader];
  if (counterpart !== undefined && prefersStandby(request, routing, edgeRegion)) origin.domainName = counterpart;
  request.headers.host = [{ key: "Host", value: origin.domainName }];
  return request;
}

function prefersStandby(
  { method, headers }: CloudFrontRequest,
  { writes, standbyCountries, standbyEdgeRegions }: OriginRouting,
  edgeRegion: string | undefined,
): boolean {
  if (writes === "home" && !reads.has(method)) return false;
  const country = headers["cloudfront-viewer-country"]?.[0]?.value;
  if (country !== undefined) return standbyCountries.includes(country);
  return edgeRegion !== undefined && standbyEdgeRegions.includes(edgeRegion);
}
