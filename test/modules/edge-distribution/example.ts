import type { DeploymentStack } from "../../../modules/core";
import { EdgeDistribution } from "../../../modules/edge-distribution";
import type { EdgeFunction } from "../../../modules/edge-function";
import type { WebFirewall } from "../../../modules/web-firewall";

export function build(stack: DeploymentStack, router: EdgeFunction, firewall: WebFirewall): EdgeDistribution {
  const functions = { "origin-request": { function: "router" } };
  return new EdgeDistribution(stack, "edge", {
    config: {
      aliases: ["shop.example.com"],
      defaultBehavior: { viewerHeaders: "allAndViewerCountry", functions },
      behaviors: [
        { pathPattern: "/catalog/*", methods: "read", caching: {}, viewerHeaders: "viewerCountry", functions },
      ],
    },
    name: "prod-shop",
    account: "123456789012",
    origins: {
      home: { domainName: "eu-west-1.api.example.com" },
      standby: { domainName: "eu-central-1.api.example.com" },
    },
    logRegion: "eu-west-1",
    functions: { router },
    webAclArn: firewall.webAclArn,
    domain: { zoneId: "Z0123456789ABCDEFGHIJ", validationRecords: "create" },
  });
}
