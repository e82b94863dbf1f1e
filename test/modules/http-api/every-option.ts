import type { DeploymentStack } from "../../../modules/core";
import { HttpApi, type HttpApiProps } from "../../../modules/http-api";
import { ServiceFunction } from "../../../modules/service-function";
import { minimalProps } from "../service-function/every-option";
import { account, alarms, key } from "../service-function/fixtures/references";

const truststoreIn = (region: string) => ({
  truststoreUri: `s3://test-truststore-${region}/clients.pem`,
  truststoreVersion: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
});

/** Every option of an API, but for its target and the function of its authorizer `partners`. */
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
        "GET /partners/orders": { authorization: "CUSTOM", authorizer: "partners" },
        "POST /partners/orders": { authorization: "CUSTOM", authorizer: "partners" },
        "GET /legacy": { authorization: "CUSTOM", authorizer: "legacy" },
        "ANY /files/{path+}": {},
        "OPTIONS /files/{path+}": { authorization: "NONE" },
        "OPTIONS /{proxy+}": { authorization: "NONE" },
        "GET /orders/by-order-id": { id: "get-orders-by-fixed-name" },
        $default: {},
      },
      throttle: { rateLimit: 200, burstLimit: 100 },
      timeoutMs: 15_000,
      authorizers: { customers: { issuer: "https://login.example.com/eu-west-1_Ab12", audience: ["web", "app"] } },
      lambdaAuthorizers: {
        partners: {
          service: "sign-in",
          identitySources: ["$request.header.X-Partner-Key", "$request.querystring.partner", "$context.routeKey"],
          resultTtlSeconds: 300,
        },
        legacy: {
          functionArn: "arn:{partition}:lambda:{region}:{account}:function:legacy-authorizer:live",
          identitySources: [],
          response: "policy",
        },
      },
      cors: {
        allowOrigins: ["https://shop.example.com", "http://localhost:3000"],
        allowMethods: ["GET", "POST"],
        allowHeaders: ["authorization", "content-type", "x-partner-key"],
        exposeHeaders: ["x-correlation-id"],
        allowCredentials: true,
        maxAgeSeconds: 600,
      },
      domainName: "api.example.com",
      mutualTls: { "eu-west-1": truststoreIn("eu-west-1"), "eu-central-1": truststoreIn("eu-central-1") },
      ipAddressType: "dualstack",
      logRetentionDays: 90,
      alarms: { serverErrorPercent: 2, clientErrorPercent: 30, minimumRequests: 50, latencyMs: 1500 },
    },
    name: "test-full",
    region,
    key,
    account,
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
    alarms,
  };
}

/** An API with every option in use, a standby of it in another region and a minimal one, for the deployment tests. */
export function everyOption(stack: DeploymentStack): void {
  const [home, standby] = ["eu-west-1", "eu-central-1"];
  const target = new ServiceFunction(stack, "orders", minimalProps(home));
  const signIn = (id: string, region: string) =>
    new Map([["sign-in", new ServiceFunction(stack, id, { ...minimalProps(region), name: "test-sign-in" })]]);
  new HttpApi(stack, "full", { ...fullProps(home), target, authorizerFunctions: signIn("sign-in", home) });
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
    authorizerFunctions: signIn("sign-in-standby", standby),
    target: new ServiceFunction(stack, "orders-standby", minimalProps(standby)),
  });
}
