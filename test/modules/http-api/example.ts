import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { HttpApi, type HttpApiTarget } from "../../../modules/http-api";

export function build(stack: DeploymentStack, orders: HttpApiTarget, key: RegionalKey): HttpApi {
  return new HttpApi(stack, "api", {
    config: {
      routes: {
        "GET /health": { authorization: "NONE" },
        "POST /orders": { throttle: { rateLimit: 50, burstLimit: 20 } },
        "GET /orders/{orderId}": {},
      },
      domainName: "api.example.com",
    },
    name: "prod-orders",
    region: "eu-west-1",
    key,
    target: orders,
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
  });
}
