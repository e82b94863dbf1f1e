import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";

const fn = {
  entry: "services/orders/handler.ts",
  memoryMb: 512,
  timeoutSeconds: 10,
  reservedConcurrency: 20,
  logRetentionDays: 30,
} as const;
const customers = { issuer: "https://auth.example.com", audience: ["orders"] };
const truststore = (place: string, version: string) => ({
  truststoreUri: `s3://example-truststore-${place}/partners.pem`,
  truststoreVersion: version,
});

/**
 * Prod with every way to say who may call: functions that decide, scopes, client certificates, and an API that only its
 * distribution may call.
 */
export const accessEnvironment = defineEnvironment({
  ...prod.input,
  containers: undefined,
  containerNetwork: undefined,
  containerFlowLogs: undefined,
  chaos: undefined,
  databases: [],
  eventBuses: [],
  queues: [],
  services: [
    {
      name: "partners",
      function: fn,
      tables: { orders: { access: "read" } },
      dns: { alarmCheck: { threshold: 100 } },
      hostedZoneId: "Z0PRODEXAMPLE",
      api: {
        domainName: "partners.example.com",
        mutualTls: {
          "eu-west-1": truststore("ireland", "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"),
          "eu-central-1": truststore("frankfurt", "Kc4tPq9mJ0YxRz1.hVbnEw2dUoLsAi7T"),
        },
        authorizers: { customers },
        lambdaAuthorizers: {
          partners: {
            service: "sign-in",
            identitySources: ["$request.header.X-Partner-Key", "$context.routeKey"],
            resultTtlSeconds: 300,
          },
          legacy: {
            functionArn: "arn:{partition}:lambda:{region}:{account}:function:legacy-authorizer:live",
            response: "policy",
          },
        },
        routes: {
          "GET /health": { authorization: "NONE" },
          "POST /orders": { authorization: "JWT", authorizer: "customers", scopes: ["orders:write"] },
          "GET /orders/{orderId}": { authorization: "CUSTOM", authorizer: "partners" },
          "GET /customers/{customerId}/orders": { authorization: "CUSTOM", authorizer: "partners" },
          "GET /legacy": { authorization: "CUSTOM", authorizer: "legacy" },
        },
      },
    },
    // After the service that asks it: the order in the file does not matter.
    { name: "sign-in", function: { ...fn, timeoutSeconds: 5 } },
    {
      name: "shop",
      function: fn,
      tables: { orders: { access: "read" } },
      api: {
        authorizers: { customers },
        routes: {
          "GET /health": {},
          "POST /orders": {},
          "GET /catalog/{proxy+}": {},
          "GET /orders/{orderId}": { authorization: "JWT", authorizer: "customers", scopes: ["orders:read"] },
        },
      },
      edge: {
        distribution: {
          aliases: ["shop.example.com"],
          behaviors: [{ pathPattern: "/catalog/*", methods: "read", caching: {} }],
        },
        hostedZoneId: "Z0PRODEXAMPLE",
        firewall: { scope: "CLOUDFRONT" },
        router: { standbyCountries: ["DE"], standbyEdgeRegions: ["eu-central-1"], logRetentionDays: 30 },
      },
    },
  ],
});
