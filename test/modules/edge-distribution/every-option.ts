import type { DeploymentStack } from "../../../modules/core";
import { EdgeDistribution, type EdgeDistributionProps } from "../../../modules/edge-distribution";
import { EdgeFunction } from "../../../modules/edge-function";
import { minimalProps as functionProps } from "../edge-function/every-option";
import { account, alarms } from "../service-function/fixtures/references";

/** The least that a distribution needs. */
export const minimalProps: EdgeDistributionProps = {
  config: {},
  name: "test-minimal",
  account,
  origins: { home: { domainName: "eu-west-1.api.example.com" } },
  logRegion: "eu-west-1",
};

const version = (name: string) => `arn:aws:lambda:us-east-1:${account}:function:${name}:7`;

/** A distribution with every option in use. */
export const fullProps: EdgeDistributionProps = {
  config: {
    comment: "Orders, everywhere",
    aliases: ["shop.example.com", "www.shop.example.com"],
    priceClass: "PriceClass_All",
    defaultBehavior: {
      methods: "all",
      viewerHeaders: "allAndViewerCountry",
      functions: {
        "viewer-request": { function: "guard", includeBody: true },
        "origin-request": { function: "router" },
      },
    },
    behaviors: [
      {
        pathPattern: "/catalog/*",
        methods: "read",
        caching: {
          minTtlSeconds: 1,
          defaultTtlSeconds: 30,
          maxTtlSeconds: 300,
          queryStrings: ["page"],
          headers: ["Accept-Language"],
          cookies: ["currency"],
        },
        viewerHeaders: "viewerCountry",
        functions: {
          "origin-request": { function: "router" },
          "origin-response": { function: "stamp" },
          "viewer-response": { function: "guard" },
        },
      },
      { pathPattern: "/*.css", methods: "read", caching: {} },
      { pathPattern: "/status", methods: "read" },
    ],
    failoverStatusCodes: [504, 500, 502, 503, 429],
    origin: {
      connectionAttempts: 1,
      connectionTimeoutSeconds: 2,
      readTimeoutSeconds: 20,
      keepaliveTimeoutSeconds: 30,
    },
    geoRestriction: { restrictionType: "blacklist", locations: ["AQ"] },
    responseHeaders: {
      contentSecurityPolicy: "default-src 'self'",
      strictTransportSecurityDays: 365,
      includeSubdomains: true,
      preload: true,
      referrerPolicy: "same-origin",
      frameOptions: "SAMEORIGIN",
      permissionsPolicy: "camera=(), geolocation=()",
      add: { "Cross-Origin-Resource-Policy": "same-origin" },
      remove: ["Server", "X-Powered-By"],
    },
    accessLogRetentionDays: 30,
    waitForDeployment: false,
    alarms: { serverErrorPercent: 2, clientErrorPercent: 20 },
  },
  name: "test-full",
  account,
  origins: {
    home: { domainName: "eu-west-1.api.example.com" },
    standby: { domainName: "eu-central-1.api.example.com" },
  },
  logRegion: "eu-west-1",
  functions: {
    guard: { qualifiedArn: version("guard"), eventTypes: ["viewer-request", "viewer-response"] },
    router: { qualifiedArn: version("router"), eventTypes: ["origin-request"] },
    stamp: { qualifiedArn: version("stamp"), eventTypes: ["origin-response"] },
  },
  webAclArn: `arn:aws:wafv2:us-east-1:${account}:global/webacl/test/0a1b2c3d-0000-4000-8000-000000000000`,
  domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
  alarms,
};

/** A distribution with every option in use, one with an edge function of the stack, and a minimal one. */
export function everyOption(stack: DeploymentStack): void {
  new EdgeDistribution(stack, "full", fullProps);
  const guard = new EdgeFunction(stack, "guard", functionProps);
  new EdgeDistribution(stack, "guarded", {
    ...minimalProps,
    name: "test-guarded",
    config: {
      aliases: ["guarded.example.com"],
      defaultBehavior: { functions: { "viewer-request": { function: "guard" } } },
    },
    functions: { guard },
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "existing" },
  });
  new EdgeDistribution(stack, "minimal", minimalProps);
}
