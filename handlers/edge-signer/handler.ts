import type { CloudFrontRequestEvent, CloudFrontRequestResult } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { OriginKeys } from "../../runtime/http/origin-keys.js";
import { originProofHeader } from "../../runtime/http/origin-proof.js";
import { secretsManagerSource } from "../../runtime/secrets/secret-source.js";
import { route } from "../edge-router/route.js";
import type { OriginRouting } from "../edge-router/routing.js";
import { logLine, type OriginSecret, prove } from "./prove.js";
import { sign } from "./sign.js";
import { type SignedRoutes, selectedRoute } from "./signed-routes.js";

/** Baked in when the function is bundled: there are no environment variables of one's own at the edge. */
declare const ORIGIN_ROUTING: OriginRouting;
declare const SIGNED_ROUTES: SignedRoutes;
declare const ORIGIN_PROOF: OriginSecret | null;

// Lambda renews them, so they are read for each request.
const credentials = defaultProvider();

const keys =
  ORIGIN_PROOF &&
  new OriginKeys({
    sources: ORIGIN_PROOF.regions.map((region) =>
      secretsManagerSource({ secretArn: { name: ORIGIN_PROOF.name }, region }),
    ),
    onFailure: (error) => logLine("WARN", "origin key not read again", error),
  });

/**
 * Origin-request function of Lambda@Edge: sends the request to the best region, signed where the API asks for it, and with a proof
 * for the function behind the API where it asks for that.
 */
export async function handler(event: CloudFrontRequestEvent): Promise<CloudFrontRequestResult> {
  const [record] = event.Records;
  if (!record) return undefined;
  const { method, uri } = record.cf.request;
  const request = route(record.cf.request, ORIGIN_ROUTING, process.env.AWS_REGION);
  // A viewer's own is no proof of anything.
  delete request.headers[originProofHeader];
  const selected = selectedRoute(SIGNED_ROUTES, method, uri);
  if (selected !== undefined && SIGNED_ROUTES[selected]) return sign(request, await credentials(), new Date());
  if (!keys) return request;
  const isNeeded = ORIGIN_PROOF?.required && !(selected !== undefined && ORIGIN_PROOF.openRoutes.includes(selected));
  return prove(request, { keys, isNeeded: Boolean(isNeeded), now: Date.now() });
}
