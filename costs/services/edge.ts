import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { gigabytesOf, shown } from "../use";
import { blocksOf, charge, free } from "./parts";

/** Requests of viewers to the edge of a service. */
function viewersOf({ service: name }: PricedResource, at: PricingContext): { requests: number; responseKb: number } {
  const traffic = at.config.services.find((service) => service.name === name)?.traffic;
  if (!traffic || name === undefined) return { requests: 0, responseKb: 0 };
  const { edgeRequests, responseKb } = traffic.perRequest;
  return { requests: at.requests(name, at.servingRegion) * edgeRequests, responseKb };
}

function distribution(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const { requests, responseKb } = viewersOf(resource, at);
  const how = `${shown(requests)} requests of viewers`;
  return [
    ...charge("cloudfront.requests", requests, how, null),
    ...charge("cloudfront.transfer", requests * gigabytesOf(responseKb), `${how} x ${responseKb} KB`, null),
  ];
}

function webAcl(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const atEdge = resource.values.scope === "CLOUDFRONT";
  const rules = blocksOf(resource.values.rule).length;
  const region = atEdge ? null : undefined;
  const { requests } = viewersOf(resource, at);
  return [
    ...charge("waf.acls", 1, "1 web ACL", region),
    ...charge("waf.rules", rules, `${rules} rules`, region),
    ...(atEdge ? charge("waf.requests", requests, `${shown(requests)} requests of viewers`, region) : []),
  ];
}

export const edge: Pricings = {
  aws_cloudfront_distribution: distribution,
  aws_cloudfront_cache_policy: free,
  aws_cloudfront_origin_request_policy: free,
  aws_cloudfront_response_headers_policy: free,
  aws_wafv2_web_acl: webAcl,
  aws_wafv2_web_acl_association: free,
  aws_wafv2_web_acl_logging_configuration: free,
  aws_wafv2_ip_set: free,
  aws_acm_certificate: free,
  aws_acm_certificate_validation: free,
};
