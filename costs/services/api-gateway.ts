import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { gigabytesOf, shown, unitsOf } from "../use";
import { charge, free, serviceOf } from "./parts";

/** An HTTP API meters answers in steps of 512 KB. */
const meteredKb = 512;

function api(resource: PricedResource, at: PricingContext): readonly Charge[] {
  const service = serviceOf(resource, at, "api");
  if (!service?.traffic) return [];
  const requests = at.requests(service.name, resource.region);
  const { responseKb } = service.traffic.perRequest;
  const how = `${shown(requests)} requests`;
  return [
    ...charge("api-gateway.http", requests * unitsOf(responseKb, meteredKb), how),
    // What CloudFront fetches costs nothing.
    ...(service.edge
      ? []
      : charge("transfer.internet", requests * gigabytesOf(responseKb), `${how} x ${responseKb} KB`)),
  ];
}

export const apiGateway: Pricings = {
  aws_apigatewayv2_api: api,
  aws_apigatewayv2_api_mapping: free,
  aws_apigatewayv2_authorizer: free,
  aws_apigatewayv2_domain_name: free,
  aws_apigatewayv2_integration: free,
  aws_apigatewayv2_route: free,
  aws_apigatewayv2_stage: free,
};
