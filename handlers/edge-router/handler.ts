import type { CloudFrontRequestEvent, CloudFrontRequestResult } from "aws-lambda";
import { route } from "./route.js";
import type { OriginRouting } from "./routing.js";

/** Baked in when the function is bundled: there are no environment variables at the edge. */
declare const ORIGIN_ROUTING: OriginRouting;

/** Origin-request function of Lambda@Edge. It answers with the request, never with a response of its own. */
export async function handler(event: CloudFrontRequestEvent): Promise<CloudFrontRequestResult> {
  const [record] = event.Records;
  return record && route(record.cf.request, ORIGIN_ROUTING, process.env.AWS_REGION);
}
