import type { CloudFrontRequestEvent, CloudFrontRequestResult } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { route } from "../edge-router/route.js";
import type { OriginRouting } from "../edge-router/routing.js";
import { sign } from "./sign.js";
import { asksForSignature, type SignedRoutes } from "./signed-routes.js";

/** Baked in when the function is bundled: there are no environment variables of one's own at the edge. */
declare const ORIGIN_ROUTING: OriginRouting;
declare const SIGNED_ROUTES: SignedRoutes;

// Lambda renews them, so they are read for each request.
const credentials = defaultProvider();

/** Origin-request function of Lambda@Edge: sends the request to the best region, signed where the API asks for it. */
export async function handler(event: CloudFrontRequestEvent): Promise<CloudFrontRequestResult> {
  const [record] = event.Records;
  if (!record) return undefined;
  const { method, uri } = record.cf.request;
  const request = route(record.cf.request, ORIGIN_ROUTING, process.env.AWS_REGION);
  return asksForSignature(SIGNED_ROUTES, method, uri) ? sign(request, await credentials(), new Date()) : request;
}
