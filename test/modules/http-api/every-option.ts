import type { DeploymentStack } from "../../../modules/core";
import { HttpApi, type HttpApiProps } from "../../../modules/http-api";
import { ServiceFunction } from "../../../modules/service-function";
import { minimalProps } from "../service-function/every-option";
import { alarms, key } from "../service-function/fixtures/references";

/** Every option of an API, but for its target. */
export function fullProps(region: string): Omit<HttpApiProps, "target"> {
  return {
    config: {
      routes: {
        "GET /": { authorization: "NONE" },
        "POST /orders": {
          authorization: "JWT",
          authorizer: "customers",
          scopes: ["orders/write"],
          throttle: { rateLimit: 50, burstLimit: 20 },
        },
        "GET /orders/{orderId}": { authorization: "JWT", authorizer: "customers" },
        "ANY /files/{path+}": {},
        "OPTIONS /files/{path+}": { authorization: "NONE" },
        "OPTIONS /{proxy+}": { authorization: "NONE" },
        "GET /orders/by-order-id": { id: "get-orders-by-fixed-name" },
        $default: {},
      },
      throttle: { rateLimit: 200, burstLimit: 100 },
      timeoutMs: 15_000,
      authorizers: { customers: { issuer: "https://login.example.com/eu-west-1_Ab12", audience: ["web", "app"] } },
      cors: {
        allowOrigins: ["https://shop.example.com", "http://localhost:3000"],
        allowMethods: ["GET", "POST"],
        allowHeaders: ["authorization", "content-type"],
        exposeHeaders: ["x-correlation-id"],
        allowCredentials: true,
        maxAgeSeconds: 600,
      },
      domainName: "api.example.com",
      ipAddressType: "dualstack",
      logRetentionDays: 90,
      alarms: { serverErrorPercent: 2, clientErrorPercent: 30, minimumRequests: 50, latencyMs: 1500 },
    },
    name: "test-full",
    region,
    key,
    domain: {
      zoneId: "Z0123456789ABCDEFGHIJ",
      validationRecords: "create",
      mutualTls: { truststoreUri: "s3://test-truststore/clients.pem", truststoreVersion: "1" },
    },
    alarms,
  };
}

/** An API with every option in use, a standby of it in another region and a minimal one, for the deployment tests. */
export function everyOption(stack: DeploymentStack): void {
  const [home, standby] = ["eu-west-1", "eu-central-1"];
  const target = new ServiceFunction(stack, "orders", minimalProps(home));
  new HttpApi(stack, "full", { ...fullProps(home), target });
  new HttpApi(stack, "minimal", {
    config: { routes: { $default: {} } },
    name: "test-minimal",
    region: home,
    key,
    target,
  });
  const full = fullProps(standby);
  new HttpApi(stack, "standby", {
    ...full,
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "existing" },
    target: new ServiceFunction(stack, "orders-standby", minimalProps(standby)),
  });
}
